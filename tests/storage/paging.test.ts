import { describe, expect, test } from 'vitest'
import { createFlowRun, FlowRun, flowRunOrders, listFlowRuns } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, listFlows } from '../../src/core/flows/index.ts'
import { forEachStorage } from './for-each-storage.ts'

forEachStorage(open => {
  describe('a list read page by page', () => {
    test.each(flowRunOrders)(
      'in the order %s shows each of the rows there were exactly once, while others come in on both sides',
      async orderBy => {
        const house = await open()
        const { flow } = await ensureFlow(house.as(), { name: 'hello' })
        const start = 1_795_608_000_000_000
        const make = (at: number) =>
          createFlowRun(house.as(), { flowId: flow.id, state: { type: 'SCHEDULED', scheduledTime: start + at } }).then(({ run }) => run.id)
        // Many at the same moment, so that only the id tells them apart; some a microsecond away.
        const there = await Promise.all(Array.from({ length: 40 }, (_, index) => make([0, 0, 0, 1, 2][index % 5]!)))
        const seen: string[] = []
        let after: string | undefined
        for (;;) {
          const page = await listFlowRuns(house.as(), { first: 7, after, orderBy })
          seen.push(...page.nodes.map(({ id }) => id))
          expect(page.hasPreviousPage).toBe(after !== undefined)
          if (!page.hasNextPage || seen.length > 200) break
          after = page.cursors.at(-1)
          await Promise.all([make(-5), make(0), make(1), make(9)])
        }
        expect(new Set(seen).size).toBe(seen.length)
        expect(there.filter(id => !seen.includes(id))).toEqual([])
      },
    )

    test('stands in the order it says, ties by id, in both directions', async () => {
      const house = await open()
      const { flow } = await ensureFlow(house.as(), { name: 'hello' })
      await Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          createFlowRun(house.as(), { flowId: flow.id, state: { type: 'SCHEDULED', scheduledTime: 1_795_608_000_000_000 + (index % 3) } }),
        ),
      )
      const read = async (direction: 'asc' | 'desc') =>
        (
          await house.storage.read.select({
            entity: FlowRun,
            workspaceId: null,
            where: [],
            orderBy: [
              ['sortTime', direction],
              ['id', direction],
            ],
            limit: 100,
          })
        ).map(({ sortTime, id }) => [sortTime, id] as [number, string])
      const ascending = await read('asc')
      expect(ascending).toEqual(ascending.toSorted(([a, b], [c, d]) => a - c || (b < d ? -1 : 1)))
      expect(await read('desc')).toEqual(ascending.toReversed())
    })

    test('is empty behind its last row, and refuses a cursor that is none', async () => {
      const house = await open()
      for (const name of ['a', 'b', 'c']) await ensureFlow(house.as(), { name })
      const whole = await listFlows(house.as(), {})
      expect([whole.nodes.map(({ name }) => name), whole.hasNextPage]).toEqual([['a', 'b', 'c'], false])
      expect(await listFlows(house.as(), { after: whole.cursors.at(-1) })).toEqual({
        nodes: [],
        cursors: [],
        hasNextPage: false,
        hasPreviousPage: true,
      })
      await expect(listFlows(house.as(), { after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID' })
    })
  })
})
