import type { ChannelInput } from '../../generated/graphql.ts'
import type { Draft } from '../../parts/schema-form/schema-draft.ts'
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

/** What stands in the form of a new one. */
export interface BegunChannel {
  slug: string
  name: string
  draft: Draft
}

/** One that is saved together with the notification. Its id is no server's. */
export interface UnsavedChannel extends KnownChannel {
  begun: BegunChannel
  /** As the server is told it. */
  input: { name: string; channel: ChannelInput }
}

/** `pager-duty-webhook`, `class_id` → pagerDutyWebhook, classId: as GraphQL calls them. */
const camel = (name: string): string => name.replaceAll(/[-_](.)/g, (_, letter: string) => letter.toUpperCase())

export const channelInputOf = (slug: string, data: Readonly<Record<string, unknown>>): ChannelInput =>
  ({ [camel(slug)]: Object.fromEntries(Object.entries(data).map(([name, value]) => [camel(name), value])) }) as unknown as ChannelInput

/** What is often filled in, though it may be left out. */
const usual: Readonly<Record<string, readonly string[]>> = {
  'custom-webhook': ['method', 'json_data', 'headers'],
  'discord-webhook': ['botname'],
  'mattermost-webhook': ['secure', 'channels', 'port'],
  'opsgenie-webhook': ['target_user', 'target_team', 'priority'],
  'smtp-email': ['smtp_type', 'smtp_port', 'username', 'password'],
}

export const isUsual = (slug: string, { name, isRequired }: { readonly name: string; readonly isRequired: boolean }): boolean =>
  isRequired || (usual[slug]?.includes(name) ?? false)

/** What may stand in a name, and what the server will have made of it. */
export const channelNameError = (name: string, taken: ReadonlySet<string>): string | undefined => {
  if (name === '') return 'A channel needs a name.'
  if (!/^[a-z0-9-]+$/.test(name)) return 'Only lowercase letters, digits and dashes.'
  if (taken.has(name)) return 'A channel has this name already.'
  return name.length > 255 ? 'At most 255 characters.' : undefined
}
