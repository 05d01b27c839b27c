import { type Command, InvalidArgumentError } from 'commander'
import { AppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'
import { type Ask, findPolicies, labelOf, WHICH } from './notification-policies.ts'
import { CHANNEL_FORMS, gather, isId, readChannelWord, readTextWord } from './notification-words.ts'
import { say, sayJson, sayTable } from './say.ts'

interface Answer {
  readonly channelId: string | null
  readonly channelName: string | null
  readonly outcome: 'DELIVERED' | 'FAILED' | 'RETRY'
  readonly status: number | null
  readonly latencyMilliseconds: number
  readonly excerpt: string | null
  readonly error: string | null
}

interface TestOptions {
  readonly channel?: readonly string[]
  readonly subject?: string
  readonly message?: string
  readonly run?: string
  readonly json?: boolean
}

const SEND = `mutation ($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) { answers { channelId channelName outcome status latencyMilliseconds excerpt error } }
}`

const EXAMPLES = `
${CHANNEL_FORMS}
  A new channel is not saved.

Examples
  ${product.name} notification test nightly
  ${product.name} notification test --channel slack://token_a/token_b/token_c
  ${product.name} notification test nightly --channel slack-webhook/alerts --subject '{{ flow_run_name }} again'`

/** Told apart by who said no: a channel that answered, this server, or nobody. */
const outcomes = {
  answered: { DELIVERED: 'delivered', FAILED: 'refused', RETRY: 'failed' },
  unanswered: { DELIVERED: 'delivered', FAILED: 'not sent', RETRY: 'not reached' },
} as const

export function testCommand(notification: Command, ask: Ask): void {
  notification
    .command('test [policy]')
    .summary('Send a real test message, and print what each channel answered.')
    .description(
      `Send a real message, marked as a test, to the channels of a policy, or to those that --channel names. Prints for each channel whether it took the message and what it answered, or why it was not sent or not reached. Exit code 1 when a channel did not take it. ${WHICH}`,
    )
    .option(
      '-c, --channel <channel>',
      'Send to this channel instead; may be repeated; see below. Default: the channels of the policy.',
      gather,
    )
    .option('--subject <template>', 'Template of the subject, or @file. Default: the policy’s, or the built-in one.')
    .option('--message <template>', 'Template of the message, or @file. Default: the policy’s, or the built-in one.')
    .option('--run <id>', 'Id of the flow run to tell of. Default: a made-up run.', runId)
    .option('--json', 'Print JSON, for programs.')
    .addHelpText('after', EXAMPLES)
    .action(async (which: string | undefined, options: TestOptions) => {
      const { input, label } = await inputFrom(ask, which, options)
      const { answers } = (await ask<{ readonly sendTestNotification: { readonly answers: readonly Answer[] } }>(SEND, { input }))
        .sendTestNotification
      const taken = answers.filter(({ outcome }) => outcome === 'DELIVERED').length
      if (taken < answers.length) process.exitCode = 1
      if (options.json) return sayJson(answers)
      say(`${howManyTook(taken, answers.length)} the test${label}.\n`)
      sayTable([
        ['CHANNEL', 'OUTCOME', 'STATUS', 'TOOK', 'ANSWER'],
        ...answers.map(({ channelId, channelName, outcome, status, latencyMilliseconds, excerpt, error }) => [
          channelName ?? channelId ?? '-',
          outcomes[status === null ? 'unanswered' : 'answered'][outcome],
          status === null ? '-' : String(status),
          `${latencyMilliseconds} ms`,
          [error, excerpt].filter(Boolean).join(' ').replaceAll(/\s+/g, ' ').trim(),
        ]),
      ])
    })
}

function howManyTook(taken: number, count: number): string {
  if (count === 1) return taken === 1 ? 'The channel took' : 'The channel did not take'
  if (taken === count) return `All ${count} channels took`
  return taken === 0 ? `None of ${count} channels took` : `${taken} of ${count} channels took`
}

async function inputFrom(ask: Ask, which: string | undefined, { channel, subject, message, run }: TestOptions) {
  if (which === undefined && channel === undefined)
    throw new AppError('INVALID', 'Name a policy, or a channel with --channel: nothing says where the test is to go.')
  const policy = which === undefined ? undefined : (await findPolicies(ask, [which]))[0]!
  const input = {
    ...(channel ? { channels: channel.map(readChannelWord) } : { channelIds: policy!.channelIds }),
    subjectTemplate: subject === undefined ? policy?.subjectTemplate : readTextWord(subject),
    messageTemplate: message === undefined ? policy?.messageTemplate : readTextWord(message),
    flowRunId: run,
  }
  return { input, label: policy ? ` of ${labelOf(policy)}` : '' }
}

function runId(text: string): string {
  if (isId(text)) return text
  throw new InvalidArgumentError('The whole id of a flow run is expected.')
}
