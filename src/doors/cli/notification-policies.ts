import { AppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'

/** Asks the server a GraphQL document and answers its data. */
export type Ask = <Data>(document: string, variables?: object) => Promise<Data>

export const POLICY = `
  id name isActive mutedUntil stateNames stateTypes tags flows { id name } deployments { id name flow { name } } channelIds
  subjectTemplate messageTemplate groupBy groupWaitSeconds repeatIntervalSeconds maxPerWindow windowSeconds resolveOnCompletion
  lastSentAt lastError created updated sentence { kind text id }`

export interface Policy {
  readonly id: string
  readonly name: string | null
  readonly isActive: boolean
  readonly mutedUntil: string | null
  readonly stateNames: readonly string[]
  readonly channelIds: readonly string[]
  readonly subjectTemplate: string | null
  readonly messageTemplate: string | null
  readonly lastSentAt: string | null
  readonly lastError: string | null
  readonly sentence: readonly { readonly kind: string; readonly text: string; readonly id: string | null }[]
}

interface Page {
  readonly nodes: readonly Policy[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

export const WHICH = 'A policy is named by its name, its id, or the first 8 or more characters of its id.'

const PAGE = 50
const LEAST_PREFIX = 8

/** Newest first. */
export async function allPolicies(ask: Ask): Promise<Policy[]> {
  const found: Policy[] = []
  let after: string | null = null
  do {
    const { notificationPolicies }: { readonly notificationPolicies: Page } = await ask(
      `query ($first: Int!, $after: Cursor) {
        notificationPolicies(first: $first, after: $after) { nodes { ${POLICY} } pageInfo { hasNextPage endCursor } }
      }`,
      { first: PAGE, after },
    )
    found.push(...notificationPolicies.nodes)
    after = notificationPolicies.pageInfo.hasNextPage ? notificationPolicies.pageInfo.endCursor : null
  } while (after !== null)
  return found
}

/** In the order asked, each once. NOT_FOUND and CONFLICT say what there is. */
export async function findPolicies(ask: Ask, which: readonly string[]): Promise<Policy[]> {
  const policies = await allPolicies(ask)
  return [...new Set(which.map(word => pick(policies, word)))]
}

function pick(policies: readonly Policy[], word: string): Policy {
  const named = policies.filter(({ id, name }) => id === word.toLowerCase() || name === word)
  const found = named.length === 0 && word.length >= LEAST_PREFIX ? policies.filter(({ id }) => id.startsWith(word.toLowerCase())) : named
  if (found.length === 1) return found[0]!
  if (found.length === 0)
    throw new AppError('NOT_FOUND', `There is no notification policy ${word}. \`${product.name} notification ls\` lists those there are.`)
  const list = found.map(policy => `  ${policy.id}  ${inWords(policy)}`).join('\n')
  throw new AppError('CONFLICT', `${word} could be any of these; say which by its id:\n${list}`)
}

export const inWords = ({ sentence }: Policy): string => sentence.map(({ text }) => text).join('')

export const labelOf = ({ id, name }: Pick<Policy, 'id' | 'name'>): string => (name === null ? id : `${name} (${id})`)

/** As much of each as tells it from the others. */
export function shortIds(ids: readonly string[]): string[] {
  for (let length = 13; length < 36; length += 5) {
    const short = ids.map(id => id.slice(0, length))
    if (new Set(short).size === ids.length) return short
  }
  return [...ids]
}
