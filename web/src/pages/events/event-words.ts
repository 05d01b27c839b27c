import type { EventRowFragment } from '../../generated/graphql.ts'
import { isStateType, type StateType } from '../../parts/states.ts'

export type Labels = Readonly<Record<string, string>>

const ID = 'prefect.resource.id'
const NAME = 'prefect.resource.name'
const ROLE = 'prefect.resource.role'

/** A resource as labels name it, fit to be read and followed. */
export interface Resource {
  id: string
  /** What kind of thing it is: "flow run". Undefined where the id does not say. */
  kind: string | undefined
  name: string
  role: string | undefined
  /** What stands behind the kind in the id. */
  key: string
}

export const resourceOf = (labels: Labels): Resource => {
  const id = labels[ID] ?? ''
  const [, kind, key = ''] = /^(?:prefect\.)?([a-z-]+)\.(.+)$/s.exec(id.startsWith('prefect.') || isOwn(id) ? id : '') ?? []
  return {
    id,
    kind: kind?.replaceAll('-', ' '),
    name: shortened(labels[NAME] || key || id),
    role: labels[ROLE],
    key,
  }
}

/** Kinds that this server alone has. */
const isOwn = (id: string) => id.startsWith('notification-policy.')

/** What has no name is called by the beginning of its id. */
const shortened = (name: string) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name) ? name.slice(0, 8) : name)

export interface EventWords {
  /** Of a run that entered a state: which. */
  state: { type: StateType; name: string } | undefined
  /** What happened, without the noun: "updated". */
  verb: string
  resource: Resource
  /** What else it is about: "daily-etl". */
  about: Resource | undefined
}

export const wordsOf = ({ event, resource: labels, related }: Pick<EventRowFragment, 'event' | 'resource' | 'related'>): EventWords => {
  const resource = resourceOf(labelsOf(labels))
  const type = labelsOf(labels)['prefect.state-type'] ?? ''
  const verb = event.split('.').at(-1) ?? event
  return {
    state: isStateType(type) ? { type, name: labelsOf(labels)['prefect.state-name'] ?? verb } : undefined,
    verb: verb.replaceAll('-', ' '),
    resource,
    about: relatedOf(related).find(({ role }) => role === 'flow'),
  }
}

export const relatedOf = (related: unknown): Resource[] =>
  Array.isArray(related) ? related.map(labels => resourceOf(labelsOf(labels))) : []

export const labelsOf = (labels: unknown): Labels => (typeof labels === 'object' && labels !== null ? (labels as Labels) : {})

const haystacks = new WeakMap<object, string>()

/** Whether a text stands in an event's name, or among the labels of what it is about. */
export const hasText = (event: EventRowFragment, text: string): boolean => {
  const known = haystacks.get(event)
  const haystack = known ?? `${event.event} ${JSON.stringify(event.resource)} ${JSON.stringify(event.related)}`.toLowerCase()
  if (known === undefined) haystacks.set(event, haystack)
  return haystack.includes(text.toLowerCase())
}
