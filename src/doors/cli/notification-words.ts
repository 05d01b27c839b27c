import { readFileSync } from 'node:fs'
import { stateTypes } from '../../core/states/index.ts'
import { AppError } from '../../kernel/errors.ts'

export const isId = (word: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)

/** Of an option that may be repeated. */
export const gather = (word: string, words: readonly string[] = []) => [...words, word]

/** What `readChannelWord` takes, for the help. */
export const CHANNEL_FORMS = `A channel is one of
  alerts, slack-webhook/alerts   a saved one, by its name, alone or with its kind; or by its id
  slack://token_a/token_b/c      a new one, by its Apprise URL; with a name: alerts=slack://…
  '{"slackWebhook": {"url": …}}' a new one, by its fields, as \`channel\` of createChannel in GraphQL
  alerts=@file                   a new one, from a file with its URL or fields: others on the machine can read a command line`

/** `alerts=` before something that describes a channel. */
const naming = /^([a-z0-9-]+)=(?=[a-z+]+:\/\/|\{|@)/is

/** A channel as the command line takes it, in the form of GraphQL's `NotificationChannelInput`. */
export function readChannelWord(word: string): object {
  const name = naming.exec(word)?.[1]
  const what = readTextWord(name === undefined ? word : word.slice(name.length + 1))
  if (what.startsWith('{')) return { create: { name, channel: readJson(what) } }
  if (what.includes('://')) return { create: { name, channel: { url: what } } }
  return isId(what) ? { id: what } : { reference: what }
}

/** `@path` is what the file says. */
export function readTextWord(word: string): string {
  if (!word.startsWith('@')) return word
  try {
    return readFileSync(word.slice(1), 'utf8').trim()
  } catch (cause) {
    throw new AppError('INVALID', `${word.slice(1)} cannot be read: ${(cause as Error).message}`, {}, { cause })
  }
}

/** `FAILED` and `failed` are a type of states; anything else is a name: `Failed`, `AwaitingRetry`. */
export function readStateWords(words: readonly string[]): { readonly stateTypes: string[]; readonly stateNames: string[] } {
  const isType = (word: string) => /^([A-Z]+|[a-z]+)$/.test(word) && stateTypes.includes(word.toUpperCase() as (typeof stateTypes)[number])
  return {
    stateTypes: words.filter(isType).map(word => word.toUpperCase()),
    stateNames: words.filter(word => !isType(word)),
  }
}

/** What cannot be read is not repeated: it may hold a secret. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError(
      'INVALID',
      'A channel that begins with { must be JSON, such as {"slackWebhook": {"url": "https://…"}}.',
      {},
      { cause },
    )
  }
}
