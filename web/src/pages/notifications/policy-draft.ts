import { isStateType } from '../../parts/states.ts'
import type { Token } from '../../parts/TokenField.svelte'

export type Grouping = 'NONE' | 'FLOW' | 'DEPLOYMENT' | 'TAG'

/** A policy while somebody writes it. */
export interface PolicyDraft {
  name: string
  /** Types in capitals, names as states carry them. */
  states: string[]
  tags: string[]
  flows: Token[]
  deployments: Token[]
  channels: Token[]
  /** Empty: that of the server. */
  subject: string
  message: string
  groupBy: Grouping
  waitSeconds: number
  repeatSeconds: number
  mostPerWindow: number | null
  windowSeconds: number
  resolvesOnCompletion: boolean
}

export const emptyDraft = (): PolicyDraft => ({
  name: '',
  states: [],
  tags: [],
  flows: [],
  deployments: [],
  channels: [],
  subject: '',
  message: '',
  groupBy: 'NONE',
  waitSeconds: 30,
  repeatSeconds: 300,
  mostPerWindow: null,
  windowSeconds: 3600,
  resolvesOnCompletion: false,
})

const values = (tokens: readonly Token[]) => tokens.map(({ value }) => value)

const textOrNull = (text: string) => (text.trim() === '' ? null : text)

/** As the server is told it. */
export const inputOf = (draft: PolicyDraft) => ({
  name: textOrNull(draft.name.trim()),
  stateTypes: draft.states.filter(isStateType),
  stateNames: draft.states.filter(state => !isStateType(state)),
  tags: draft.tags,
  flowIds: values(draft.flows),
  deploymentIds: values(draft.deployments),
  channelIds: values(draft.channels),
  subjectTemplate: textOrNull(draft.subject),
  messageTemplate: textOrNull(draft.message),
  groupBy: draft.groupBy,
  groupWaitSeconds: draft.waitSeconds,
  repeatIntervalSeconds: draft.repeatSeconds,
  maxPerWindow: draft.mostPerWindow,
  windowSeconds: draft.windowSeconds,
  resolveOnCompletion: draft.resolvesOnCompletion,
})
