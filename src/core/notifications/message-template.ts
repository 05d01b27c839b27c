import { Liquid, type Template } from 'liquidjs'
import { isVariable, messageVariables } from './message-variables.ts'

export const defaultSubject = 'Flow run {{ flow_run_name }} of {{ flow_name }}: {{ flow_run_state_name | in_words }}'
export const defaultMessage =
  'The {{ flow_run_name }} run of the {{ flow_name }} flow entered {{ flow_run_state_name | in_words | with_article }} state at {{ flow_run_state_time }}.'

export interface CompiledTemplate {
  /** Why it cannot be used; null when it can. */
  readonly refusal: string | null
  /** Throws when rendering takes too long or too much memory. */
  render(values: Readonly<Record<string, unknown>>): string
}

const LONGEST_MESSAGE = 20_000
const RENDER_MILLISECONDS = 50
const MEMORY_UNITS = 1_000_000

/** Those that read files. */
const refusedTags = ['include', 'render', 'layout', 'block']

const engine = createEngine()

function createEngine(): Liquid {
  const created = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    parseLimit: LONGEST_MESSAGE,
    renderLimit: RENDER_MILLISECONDS,
    memoryLimit: MEMORY_UNITS,
    outputEscape: textOf,
  })
  for (const tag of refusedTags) delete created.tags[tag]
  created.registerFilter('in_words', (name: unknown) => inWords(String(name)))
  created.registerFilter('with_article', (words: unknown) => withArticle(String(words)))
  return created
}

/** Liquid, or the peer's `{flow_run_name}`. Everything that could go wrong with the text itself is said here, not when a run has failed. */
export function compileTemplate(text: string): CompiledTemplate {
  try {
    const templates = engine.parse(isFormat(text) ? toLiquid(text) : text)
    const unknown = engine.globalVariablesSync(templates).filter(name => !isVariable(name))
    if (unknown.length > 0) return refused(unknownVariables(unknown))
    return { refusal: null, render: values => renderTemplate(templates, values) }
  } catch (error) {
    return refused(error instanceof FormatError ? error.message : `is no template: ${firstLine(error)}`)
  }
}

function renderTemplate(templates: Template[], values: Readonly<Record<string, unknown>>): string {
  const rendered = engine.renderSync(templates, values) as string
  return rendered.length > LONGEST_MESSAGE ? `${rendered.slice(0, LONGEST_MESSAGE - 1)}…` : rendered
}

const refused = (refusal: string): CompiledTemplate => ({
  refusal,
  render() {
    throw new Error(refusal)
  },
})

const unknownVariables = (unknown: readonly string[]): string =>
  `names ${[...new Set(unknown)].join(', ')}, which ${unknown.length === 1 ? 'is no variable' : 'are no variables'}. There are: ${messageVariables.map(({ name }) => name).join(', ')}`

class FormatError extends Error {}

const isFormat = (text: string): boolean => !/\{\{|\{%/.test(text) && /\{[^{}]*\}/.test(text)

/** The peer fills texts with Python's str.format: names in braces, nothing else of it. */
const toLiquid = (text: string): string =>
  text.replace(/\{([^{}]*)\}/g, (_whole, name: string) => {
    if (!/^\w+$/.test(name)) throw new FormatError(`has {${name}}: braces hold the name of a variable and nothing else`)
    return `{{ ${name} }}`
  })

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** AwaitingRetry → awaiting retry */
export const inWords = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

const startsWithVowelSound = /^(?:[aeio]|u(?!ni(?!n|m)|s[aeiu]|ti)|hour|honest|heir)/i
const startsLikeYouOrOne = /^(?:eu|one\b|once\b)/i

/** As it is spoken: "an unknown", "a unique". */
export const withArticle = (words: string): string =>
  `${startsWithVowelSound.test(words) && !startsLikeYouOrOne.test(words) ? 'an' : 'a'} ${words}`

const firstLine = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n')[0]!
