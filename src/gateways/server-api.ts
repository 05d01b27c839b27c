import { AppError, type ErrorCode } from '../kernel/errors.ts'
import { product } from '../kernel/product.ts'
import { definitions } from '../kernel/settings.ts'

/** A test really sends, and may wait for its channels as long as they are given: 45 seconds. */
const PATIENCE_MILLISECONDS = 60_000

export interface ServerAddress {
  /** `http://host:4200/api`, or `…/api/workspaces/<slug>`. */
  readonly apiUrl: string
  /** user:password */
  readonly authString: string | undefined
}

/** Asks a running server, as its own command line does. What it refuses is thrown with its code and words. */
export async function askServer<Data>(address: ServerAddress, query: string, variables: object = {}): Promise<Data> {
  const url = graphqlUrl(address.apiUrl)
  const authorization = address.authString && { authorization: `Basic ${Buffer.from(address.authString).toString('base64')}` }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...authorization },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  }).catch(cause => {
    throw new AppError(
      'UNAVAILABLE',
      `Nothing answers at ${url}. Start a server there (${product.name} server start), or say where one is: ${product.name} config set ${definitions.apiUrl.name}=http://host:4200/api`,
      {},
      { cause },
    )
  })
  if (response.status === 401)
    throw new AppError(
      'UNAUTHENTICATED',
      `${url} asks who you are${authorization ? ', and does not know that user and password' : ''}. Say it: ${product.name} config set ${definitions.apiAuthString.name}=user:password`,
    )
  const { data, errors } = await read(response, url)
  if (errors?.[0]) throw new AppError(errors[0].extensions?.code ?? 'UNAVAILABLE', errors.map(({ message }) => message).join('\n'))
  return data as Data
}

interface Answer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: ErrorCode } }[]
}

async function read(response: Response, url: string): Promise<Answer> {
  const answer: Answer | undefined = await response.json().then(
    value => value as Answer,
    () => undefined,
  )
  if (answer && (answer.data !== undefined || answer.errors)) return answer
  throw new AppError('UNAVAILABLE', `What answers at ${url} is no ${product.title}: HTTP ${response.status}.`)
}

function graphqlUrl(apiUrl: string): string {
  const match = /^(https?:\/\/.+?)\/api(\/workspaces\/[^/]+)?\/?$/.exec(apiUrl)
  if (match) return `${match[1]}${match[2] ?? ''}/graphql`
  throw new AppError(
    'INVALID',
    `${definitions.apiUrl.name} is ${apiUrl}, which is not the address of an API: http://host:4200/api is one, or http://host:4200/api/workspaces/<slug>.`,
  )
}
