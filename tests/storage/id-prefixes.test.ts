import { describe, expect, test } from 'vitest'
import { countFlowRuns, createFlowRun, listFlowRuns } from '../../src/core/flow-runs/index.ts'
import { countFlows, ensureFlow, listFlows } from '../../src/core/flows/index.ts'
import { countTaskRuns, createTaskRun, listTaskRuns } from '../../src/core/task-runs/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { type BareHouse, openRoom } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'

const ids = ({ nodes }: { readonly nodes: readonly { readonly id: string }[] }) => nodes.map(({ id }) => id).toSorted()

async function someThings(house: BareHouse) {
  const flows = [await ensureFlow(house.as(), { name: 'one' }), await ensureFlow(house.as(), { name: 'other' })].map(({ flow }) => flow.id)
  const flowRuns = []
  for (const flowId of flows) flowRuns.push((await createFlowRun(house.as(), { flowId, state: { type: 'RUNNING' } })).run.id)
  const taskRuns = []
  for (const flowRunId of flowRuns)
    taskRuns.push((await createTaskRun(house.as(), { flowRunId, taskKey: 'extract', dynamicKey: '0', name: 'extract-0' })).run.id)
  return { flows, flowRuns, taskRuns }
}

forEachStorage(open => {
  describe('the beginning of an id', () => {
    test.each([
      ['flows', listFlows, countFlows],
      ['flowRuns', listFlowRuns, countFlowRuns],
      ['taskRuns', listTaskRuns, countTaskRuns],
    ] as const)('finds those of the %s that begin so, and counts them', async (kind, list, count) => {
      const house = await open()
      const ctx = house.as()
      const [one, other] = (await someThings(house))[kind] as [string, string]
      const found = async (idPrefix: string) => {
        const nodes = ids(await list(ctx, { filter: { idPrefix } }))
        expect(await count(ctx, { filter: { idPrefix } })).toMatchObject({ value: nodes.length })
        return nodes
      }
      // The moment and the counter within it are in the first 18 signs.
      const narrow = one.slice(0, 18)
      expect(await found(narrow)).toEqual([one])
      expect(await found(narrow.replaceAll('-', '').toUpperCase())).toEqual([one])
      expect(await found(one)).toEqual([one])
      expect(await found(other.slice(0, 24))).toEqual([other])
      expect(await found(one.slice(0, 8))).toContain(one)
      expect(await found('00000000')).toEqual([])
      expect(await found('ffffffff-ffff')).toEqual([])
      expect(ids(await list(ctx, { filter: { idPrefix: narrow, ids: [other] } }))).toEqual([])
    })

    test('finds nothing of another workspace', async () => {
      const house = await open()
      const { flowRuns } = await someThings(house)
      const elsewhere = house.as(owner, await openRoom(house, 'other'))
      expect(ids(await listFlowRuns(elsewhere, { filter: { idPrefix: flowRuns[0]!.slice(0, 8) } }))).toEqual([])
    })
  })
})
