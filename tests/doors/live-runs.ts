// Changes of flow runs as they are subscribed to, and the runs that change.
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import type { Doors } from './house.ts'
import { overEvents, overSocket } from './subscription.ts'

export const ways = [
  ['graphql-ws', overSocket],
  ['server-sent events', overEvents],
] as const

export const changes = `subscription ($after: Cursor, $filter: FlowRunFilter, $delivery: Delivery) {
  flowRunStateChanged(after: $after, filter: $filter, delivery: $delivery) {
    cursor gap { reason resumeFrom } changes { flowRun { name } state { name } previousState { name } }
  }
}`

/** A run that is scheduled, and then enters each of the states. */
export async function enterRun({ house }: Doors, name: string, ...states: readonly ('PENDING' | 'RUNNING' | 'COMPLETED')[]) {
  const ctx = house.as(owner)
  const { flow } = await ensureFlow(ctx, { name: 'live' })
  const { run } = await createFlowRun(ctx, { flowId: flow.id, name, state: { type: 'SCHEDULED' } })
  for (const type of states) await setFlowRunState(ctx, { flowRunId: run.id, state: { type } })
  return run
}
