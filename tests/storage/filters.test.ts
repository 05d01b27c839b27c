import { describe, expect, test } from 'vitest'
import { createFlowRun, FlowRun, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow, Flow } from '../../src/core/flows/index.ts'
import { appendLogs, LogLineEntity } from '../../src/core/logs/index.ts'
import { stateTypes } from '../../src/core/states/index.ts'
import { type Condition, matches } from '../../src/kernel/filters.ts'
import type { BareHouse } from '../support/house.ts'
import { forEachStorage } from './for-each-storage.ts'
import { type Chance, createChance } from './random.ts'

const words = [
  'alpha',
  'Beta',
  'gamma 100%',
  'un_der',
  'back\\slash',
  "quo'te",
  'dou"ble',
  'Größe',
  '日本',
  '$1',
  '?',
  '{a}',
  'NULL',
  'null',
  ' space ',
  '😀',
]
const times = [0, 1, 999, 1000, 1001].map(extra => 1_795_608_000_000_000 + extra)

async function fill(house: BareHouse, chance: Chance) {
  const names = words.filter(word => !word.includes('%')).slice(0, 6)
  const flows = await Promise.all(names.map(name => ensureFlow(house.as(), { name, tags: chance.some(words) })))
  for (let index = 0; index < 60; index++) {
    const { run } = await createFlowRun(house.as(), {
      flowId: chance.pick(flows).flow.id,
      name: `${chance.pick(words)}${chance.pick(words)}`,
      tags: chance.some(words),
      parentTaskRunId: chance.isLucky(0.3) ? house.ids.uuid() : null,
      flowVersion: chance.isLucky(0.5) ? chance.pick(words) : null,
      state: chance.isLucky(0.7) ? { type: 'SCHEDULED', scheduledTime: chance.pick(times) } : null,
    })
    if (chance.isLucky(0.6))
      await setFlowRunState(house.as(), {
        flowRunId: run.id,
        state: { type: chance.pick(stateTypes), name: chance.pick(words) },
        force: true,
      })
  }
  await appendLogs(house.as(), {
    lines: Array.from({ length: 40 }, () => ({
      name: chance.pick(words),
      level: chance.below(5) * 10,
      message: `${chance.pick(words)} ${chance.pick(words)}`,
      timestamp: chance.pick(times),
    })),
  })
}

/** Any condition of any kind on a run, the nested ones included. */
function anyCondition(chance: Chance, runs: readonly Record<string, unknown>[], depth = 0): Condition {
  const texts = ['name', 'stateName', 'flowVersion', 'stateType']
  const numbers = ['version', 'runCount', 'expectedStartTime', 'startTime', 'sortTime', 'totalRunTime']
  const uuids = ['id', 'flowId', 'parentTaskRunId', 'stateId']
  const value = (property: string) => chance.pick(runs)[property]
  const known = (property: string) => [value(property), value(property)].filter(one => one !== null) as (string | number)[]
  const nested = () =>
    Array.from({ length: chance.below(3) }, () => Array.from({ length: chance.below(3) }, () => anyCondition(chance, runs, depth + 1)))
  const kinds: (() => Condition)[] = [
    () => ({ is: chance.pick(['oneOf', 'noneOf']), property: 'name', values: [...known('name'), ...chance.some(words)] }),
    () => ({ is: chance.pick(['oneOf', 'noneOf']), property: 'stateName', values: chance.some(words) }),
    () => ({ is: chance.pick(['oneOf', 'noneOf']), property: 'stateType', values: chance.some(stateTypes) }),
    () => ({ is: chance.pick(['oneOf', 'noneOf']), property: chance.pick(uuids), values: known(chance.pick(uuids)) }),
    () => {
      const property = chance.pick(numbers)
      return { is: chance.pick(['oneOf', 'noneOf']), property, values: known(property) }
    },
    () => {
      const property = chance.pick(numbers)
      return { is: chance.pick(['atLeast', 'atMost']), property, value: Number(value(property) ?? 1) }
    },
    () => ({
      is: 'containing',
      property: chance.pick(['name', 'stateName']),
      text: chance.pick(['a', 'A', '%', '_', '\\', "'", '"', 'ETA', '日', 'größe', '😀', 'l', 'NULL']),
    }),
    () => ({
      is: 'startingWith',
      property: chance.pick(texts),
      prefixes: chance.some(['a', 'B', 'Beta', 'un_', 'un%', 'back\\', '日', 'S', '😀', "quo'"]),
    }),
    () => ({ is: chance.pick(['havingAll', 'havingAny']), property: 'tags', values: chance.some(words).slice(0, 2) }),
    () => ({ is: 'missing', property: chance.pick([...texts, ...numbers, ...uuids]), isMissing: chance.isLucky(0.5) }),
    () => ({
      is: chance.pick(['atLeast', 'atMost']),
      property: 'startTime',
      otherwise: 'expectedStartTime',
      value: Number(value('expectedStartTime') ?? 1),
    }),
    () => ({ is: 'empty', property: 'tags', isEmpty: chance.isLucky(0.5) }),
    () => ({
      is: 'keyOneOf',
      property: 'createdBy',
      key: chance.pick(['type', 'display_value', 'none']),
      values: chance.some(['user', 'owner']),
    }),
    () => ({
      is: 'related',
      property: 'flowId',
      entity: Flow,
      as: 'flow',
      where: [
        { is: chance.pick(['oneOf', 'noneOf']), property: 'name', values: chance.some(words) },
        { is: 'havingAny', property: 'tags', values: chance.some(words) },
      ],
    }),
  ]
  if (depth < 2)
    kinds.push(
      () => ({ is: 'anyOf', of: nested() }),
      () => ({ is: 'allOf', of: nested() }),
      () => ({ is: 'neither', of: nested() }),
    )
  return chance.pick(kinds)()
}

const allOf = (house: BareHouse, entity: typeof Flow | typeof FlowRun | typeof LogLineEntity) =>
  house.storage.read.select({ entity, workspaceId: null, where: [], orderBy: [['id', 'asc']], limit: 1000 })

forEachStorage((open, name) => {
  describe('a condition', () => {
    test('of any kind finds by SQL what it finds in memory, and counts what it finds', async () => {
      const house = await open()
      const chance = createChance(20_261_125)
      await fill(house, chance)
      const flows = new Map((await allOf(house, Flow)).map(flow => [flow['id'], flow]))
      const runs = (await allOf(house, FlowRun)).map((run): Record<string, unknown> => ({ ...run, flow: flows.get(run['flowId']) }))
      expect(runs).toHaveLength(60)
      let found = 0
      for (let round = 0; round < (name === 'postgres' ? 400 : 800); round++) {
        const where = Array.from({ length: 1 + chance.below(2) }, () => anyCondition(chance, runs))
        const inMemory = runs.filter(run => matches(where, run)).map(run => run['id'])
        const query = { entity: FlowRun, workspaceId: runs[0]!['workspaceId'] as string, where }
        const bySql = await house.storage.read.select({ ...query, orderBy: [['id', 'asc']], limit: 1000, properties: ['id'] })
        expect({ where, ids: bySql.map(({ id }) => id) }).toEqual({ where, ids: inMemory })
        if (round % 10 === 0) {
          expect(await house.storage.read.count({ ...query, limit: 1000 })).toBe(inMemory.length)
          const { counts } = await house.storage.read.countBy({ ...query, property: 'stateType' })
          const expected = Map.groupBy(
            runs.filter(run => matches(where, run)),
            run => run['stateType'] as string | null,
          )
          expect(counts).toEqual(new Map([...expected].map(([type, of]) => [type, of.length])))
        }
        found += inMemory.length > 0 && inMemory.length < runs.length ? 1 : 0
      }
      // A filter that finds all or nothing proves little.
      expect(found).toBeGreaterThan(100)
    })

    test('on log lines finds by SQL what it finds in memory', async () => {
      const house = await open()
      const chance = createChance(7)
      await fill(house, chance)
      const lines = await allOf(house, LogLineEntity)
      for (let round = 0; round < 100; round++) {
        const where: Condition[] = [
          { is: chance.pick(['atLeast', 'atMost']), property: chance.pick(['level', 'seq']), value: chance.below(40) },
          { is: chance.pick(['atLeast', 'atMost']), property: 'timestamp', value: chance.pick(times) },
          ...(chance.isLucky(0.5) ? [{ is: 'containing', property: 'message', text: chance.pick(words) } as const] : []),
        ]
        const bySql = await house.storage.read.select({
          entity: LogLineEntity,
          workspaceId: null,
          where,
          orderBy: [['id', 'asc']],
          limit: 1000,
        })
        expect({ where, bySql }).toEqual({ where, bySql: lines.filter(line => matches(where, line)) })
      }
    })
  })
})
