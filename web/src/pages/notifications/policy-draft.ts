import type { NotificationChannelInput } from '../../generated/graphql.ts'
import { isStateType } from '../../parts/states.ts'
import type { Token } from '../../parts/TokenField.svelte'
import type { UnsavedChannel } from './channel-choice.ts'

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
  /** Those of them, and such as were left out again, that are not saved yet. */
  unsaved: UnsavedChannel[]
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
  unsaved: [],
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

/** Each as it is there, or with all that makes it. */
const channelsIn = ({ channels, unsaved }: PolicyDraft) =>
  channels.map(({ value }): NotificationChannelInput => {
    const input = unsaved.find(({ id }) => id === value)?.input
    return input ? { create: input } : { id: value }
  })

/** As the server is told it. */
export const inputOf = (draft: PolicyDraft) => ({
  name: textOrNull(draft.name.trim()),
  stateTypes: draft.states.filter(isStateType),
  stateNames: draft.states.filter(state => !isStateType(state)),
  tags: draft.tags,
  flowIds: values(draft.flows),
  deploymentIds: values(draft.deployments),
  channels: channelsIn(draft),
  subjectTemplate: textOrNull(draft.subject),
  messageTemplate: textOrNull(draft.message),
  groupBy: draft.groupBy,
  groupWaitSeconds: draft.waitSeconds,
  repeatIntervalSeconds: draft.repeatSeconds,
  maxPerWindow: draft.mostPerWindow,
  windowSeconds: draft.windowSeconds,
  resolveOnCompletion: draft.resolvesOnCompletion,
})
