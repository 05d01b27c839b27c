import type { StateType } from '../../parts/states.ts'

/** What a policy would have told, had it been there. */
export interface Foreseen {
  /** Transitions that match. */
  count: number
  /** How many of them in a message of their own; the others in digests. */
  messages: number
  /** How far back was looked. */
  since: string
  /** The newest. */
  runs: readonly ForeseenRun[]
}

export interface ForeseenRun {
  key: string
  runId: string
  runName: string
  flowName: string
  state: { type: StateType; name: string }
  at: string
}

/** What a channel would be given. */
export interface RenderedMessage {
  subject: string
  body: string
  /** Why the default text stands here in place of the template's. */
  failure?: string | null
}

/** The same in the form that one channel gives it. */
export interface ChannelForm {
  /** Null where it is not saved yet. */
  channelId?: string | null
  channelName?: string | null
  /** Why nothing can be sent by it. */
  error?: string | null
  recipients: readonly string[]
  fields: readonly { name: string; text: string; isHtml: boolean }[]
}

/** What the server sends where nothing else is written, and what may be named in it. */
export interface Templates {
  subject: string
  message: string
  variables: readonly { name: string; description: string }[]
}

/** What a channel answered to a message that was really sent. */
export interface TestAnswer {
  channel: string
  isDelivered: boolean
  /** Its own words. */
  said: string
  /** What went wrong; empty when nothing did. */
  wrong: string
  at: number
  milliseconds: number
}
