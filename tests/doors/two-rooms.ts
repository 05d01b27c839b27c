// Two workspaces of one server: the first has one of everything, of which nobody in the other, "blue", may ever be told.
import { entities } from '../../src/core/entities.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { defaultWorkspace } from '../../src/core/workspaces/index.ts'
import type { Ctx, WorkspaceRef } from '../../src/kernel/context.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { keysOf } from '../support/keys.ts'
import { fillRoom, type Inhabitant } from './full-room.ts'
import { type Doors, openDoors, openWorkspace } from './house.ts'

export interface TwoRooms {
  readonly doors: Doors
  readonly blue: WorkspaceRef
  /** The owner, in blue. */
  readonly inBlue: Ctx
  readonly blueGraphql: string
  readonly first: Inhabitant
  rowsOfFirst(): Promise<readonly unknown[]>
  /** What of the first room a text tells, but for what the asker named himself. */
  told(text: string, named: string): readonly string[]
}

export async function openTwoRooms(): Promise<TwoRooms> {
  const doors = await openDoors({ CASTELLAN_GRAPHQL_MAX_COST: '100000000', CASTELLAN_GRAPHQL_MAX_TOKENS: '100000' })
  const blue = await openWorkspace(doors.house, 'blue')
  const inBlue = doors.house.as(owner, blue)
  const { first, forbidden } = await fillRoom(doors.house.as(owner), doors.house.ids)
  // The other room is not empty: what is its own must still be there.
  const { flow } = await ensureFlow(inBlue, { name: 'blue flow' })
  await createFlowRun(inBlue, { flowId: flow.id, name: 'blue run', state: { type: 'PENDING' } })
  return {
    doors,
    blue,
    inBlue,
    blueGraphql: `${doors.url}/workspaces/blue/graphql`,
    first,
    rowsOfFirst: () => rowsOf(doors, defaultWorkspace.id),
    told: (text, named) => forbidden.filter(word => text.includes(word) && !named.includes(word)),
  }
}

const rowsOf = ({ house }: Doors, workspaceId: string) =>
  Promise.all(
    entities
      .filter(entity => 'workspaceId' in entity.meta.properties)
      .map(entity =>
        house.storage.read.select({
          entity,
          workspaceId,
          where: [],
          orderBy: keysOf(entity).map(name => [name, 'asc']),
          limit: 10_000,
        }),
      ),
  )
