import { expect, test } from 'vitest'
import { startServer } from '../support/server.ts'
import { graphql } from './ask.ts'
import { changes, ways } from './live-runs.ts'
import type { Subscriber } from './subscription.ts'

test.each([
  ['asked to end', 'stop'],
  ['killed', 'kill'],
] as const)('across a restart of a server that is %s, nothing is missed and nothing comes twice', async (_how, end) => {
  const server = await startServer()
  const at = `${server.url}/graphql`
  const make = async (name: string) => {
    const flow = (await graphql(at, 'mutation { createFlow(input: { name: "resumed" }) { flow { id } } }')).data.createFlow.flow
    await graphql(at, 'mutation ($input: CreateFlowRunInput!) { createFlowRun(input: $input) { isNew } }', {
      input: { flowId: flow.id, name, state: { type: 'RUNNING' } },
    })
  }
  const { data } = await graphql(at, '{ flowRuns { eventCursor } }')
  const seen: Record<string, string[]> = {}
  const cursors: Record<string, string> = {}
  const read = async (way: string, subscriber: Subscriber, upTo: number) => {
    while (seen[way]!.length < upTo) {
      const { cursor, gap, changes: sent } = (await subscriber.next()).data.flowRunStateChanged
      expect(gap).toBeNull()
      cursors[way] = cursor
      seen[way]!.push(...sent.map((change: any) => change.flowRun.name))
    }
  }
  await make('one')
  for (const [way, over] of ways) {
    seen[way] = []
    await read(way, over(at, changes, { after: data.flowRuns.eventCursor }), 1)
  }
  await make('two, unseen')
  const before = performance.now()
  expect(await server[end]()).toBe(end === 'stop' ? 0 : undefined)
  // Its subscribers never leave by themselves: it does not wait for them.
  expect(performance.now() - before).toBeLessThan(15_000)
  await server.restart()
  await make('three')
  for (const [way, over] of ways) {
    const subscriber = over(at, changes, { after: cursors[way]! })
    await read(way, subscriber, 3)
    await make(`last over ${way}`)
    await read(way, subscriber, way === 'graphql-ws' ? 4 : 5)
    await subscriber.leave()
  }
  expect(seen['graphql-ws']).toEqual(['one', 'two, unseen', 'three', 'last over graphql-ws'])
  expect(seen['server-sent events']).toEqual(['one', 'two, unseen', 'three', 'last over graphql-ws', 'last over server-sent events'])
  await server.dispose()
})
