import type { Clock, Instant } from '../../kernel/clock.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { Ids } from '../../kernel/ids.ts'

interface Named {
  readonly id: string
  readonly workspaceId: string
  readonly name: string
}

type Env = { readonly ids: Ids } & ({ readonly now: Instant } | { readonly clock: Clock })

/** The events of a concept of which nothing more is to be told than that one was created, updated or deleted: `prefect.variable.created`. */
export function changeEvents(noun: string) {
  const event =
    (verb: string) =>
    (env: Env, subject: Named): EventDraft => {
      const now = 'now' in env ? env.now : env.clock.now()
      return {
        id: env.ids.uuid(),
        workspaceId: subject.workspaceId,
        occurred: now,
        received: now,
        event: `prefect.${noun}.${verb}`,
        resource: { 'prefect.resource.id': `prefect.${noun}.${subject.id}`, 'prefect.resource.name': subject.name },
        related: [],
        payload: {},
        follows: null,
      }
    }
  return { created: event('created'), updated: event('updated'), deleted: event('deleted') }
}
