import type { Schema } from '../../parts/schema-form/schema-fields.ts'

/** A way to reach people, of which channels are made. */
export interface ChannelKind {
  slug: string
  title: string
  description: string
  schema: Schema
}

/** One that can be told. */
export interface KnownChannel {
  id: string
  name: string
  kind: string
}

/** What may stand in a name, and what the server will have made of it. */
export const channelNameError = (name: string, taken: ReadonlySet<string>): string | undefined => {
  if (name === '') return 'A channel needs a name.'
  if (!/^[a-z0-9-]+$/.test(name)) return 'Only lowercase letters, digits and dashes.'
  if (taken.has(name)) return 'A channel has this name already.'
  return name.length > 255 ? 'At most 255 characters.' : undefined
}
