import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createFlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { encodeCursor } from '../../src/kernel/cursor.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { type Doors, openDoors } from './house.ts'
import { overSocket, until } from './subscription.ts'

const query = `subscription ($after: Cursor, $filter: FlowRunFilter) {
  flowRunStateChanged(after: $after, filter: $filter) { cursor gap { reason } changes { state { name } } } }`

let doors: Doors
let flowRunId: string
beforeAll(async () => {
  doors = await openDoors()
  const { flow } = await ensureFlow(doors.house.as(owner), { name: 'busy' })
  flowRunId = (await createFlowRun(doors.house.as(owner), { flowId: flow.id, state: { type: 'PENDING' } })).run.id
})
afterAll(() => doors.close())

let step = 0
const change = async () => {
  const name = `step ${++step}`
  await setFlowRunState(doors.house.as(owner), { flowRunId, state: { type: 'RUNNING', name }, force: true })
  return name
}
const cursor = (seq = doors.house.events.newest) => encodeCursor({ logId: doors.house.logId, log: 'events', seq })

/** Collects the names of the states until it has heard of the last. */
function listen(after: string | undefined, filter?: object) {
  const subscriber = overSocket(`${doors.url}/graphql`, query, { after, filter })
  onTestFinished(() => subscriber.leave())
  const names: string[] = []
  const upTo = async (last: string) => {
    while (names.at(-1) !== last) {
      const { data, errors } = await subscriber.next()
      if (errors) throw new Error(errors[0]!.message)
      names.push(...data.flowRunStateChanged.changes.map(({ state }: { state: { name: string } }) => state.name))
    }
    return names
  }
  return { upTo, subscriber }
}

test('subscribers that come at any time, from any cursor, miss nothing and hear nothing twice', async () => {
  const all: string[] = []
  const places: number[] = []
  const expected: { from: number; listener: ReturnType<typeof listen> }[] = []
  let seed = 7
  const dice = () => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
  for (let round = 0; round < 150; round++) {
    places.push(doors.house.events.newest)
    all.push(await change())
    if (dice() < 0.3) {
      const from = dice() < 0.5 ? round + 1 : Math.floor(dice() * (round + 1))
      expected.push({ from, listener: listen(cursor(from === round + 1 ? undefined : places[from])) })
    }
    if (dice() < 0.2) await new Promise<void>(resolve => setImmediate(resolve))
  }
  all.push(await change())
  expect(expected.length).toBeGreaterThan(20)
  const heard = await Promise.all(expected.map(({ listener }) => listener.upTo(all.at(-1)!)))
  expect(heard).toEqual(expected.map(({ from }) => all.slice(from)))
})

test('many that ask for the same are one reading; another filter is another', async () => {
  await until(() => doors.house.events.followers === 0)
  const listeners = [...Array.from({ length: 20 }, () => listen(cursor())), listen(cursor(), { stateTypes: ['RUNNING'] })]
  const heard = Promise.all(listeners.map(({ upTo }) => upTo(`step ${step + 1}`)))
  await until(() => doors.house.events.followers === listeners.length)
  const before = doors.house.statements.length
  await change()
  await heard
  const reads = doors.house.statements.slice(before).filter(statement => statement === 'read.select').length
  expect(reads).toBeLessThanOrEqual(4)
})

test('one that leaves does not end the others, and the last one ends the reading', async () => {
  const [first, second] = [listen(cursor()), listen(cursor())]
  const name = await change()
  await Promise.all([first.upTo(name), second.upTo(name)])
  await first.subscriber.leave()
  const next = await change()
  expect((await second.upTo(next)).at(-1)).toBe(next)
  await second.subscriber.leave()
  await until(() => doors.house.events.followers === 0)
})

test('a cursor of another history is told so, and goes on from here', async () => {
  const companion = listen(cursor())
  await companion.upTo(await change())
  const { subscriber } = listen(encodeCursor({ logId: doors.house.ids.uuid(), log: 'events', seq: 1 }))
  const { data } = await subscriber.next()
  expect(data.flowRunStateChanged).toMatchObject({ gap: { reason: 'RESET' }, changes: [] })
  const coming = subscriber.next()
  const name = await change()
  expect((await coming).data.flowRunStateChanged.changes).toEqual([{ state: { name } }])
})
