// States as they are proposed over the wire, for cells of every matrix.

export interface WireState {
  readonly type: string
  readonly name: string
  readonly message?: string
  readonly data?: unknown
  readonly state_details?: Readonly<Record<string, unknown>>
}

export type Labelled = WireState & { readonly label: string }

/** Far enough from any recording to be past, and future, for good. */
export const PAST = '2020-01-01T00:00:00Z'
export const FUTURE = '2199-01-01T00:00:00Z'

/** What the SDK keeps of a result that is stored somewhere. */
export const stored = {
  type: 'reference',
  storage_key: 'a',
  expiration: null,
  serializer: { type: 'pickle' },
  prefect_version: '3.8.8',
  storage_block_id: null,
}

/** The state with some of its details laid over. */
export function wire({ label: _, state_details, ...state }: Labelled, over: Readonly<Record<string, unknown>> = {}): WireState {
  const details = { ...state_details, ...over }
  return { ...state, ...(Object.keys(details).length > 0 ? { state_details: details } : {}) }
}
