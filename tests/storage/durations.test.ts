import { expect, test } from 'vitest'
import { createFlowRun, flowRunDurations, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { forEachStorage } from './for-each-storage.ts'

forEachStorage(open => {
  test('the durations of runs are of those that have started, newest first, up to now where one runs, and no more than asked', async () => {
    let now = 1_795_608_000_000_000
    const house = await open({ clock: { ...systemClock, now: () => now } })
    const { flow } = await ensureFlow(house.as(), { name: 'hello' })
    const start = now
    const make = async (name: string, secondsAgo: number, ...types: ('RUNNING' | 'FAILED')[]) => {
      const { run } = await createFlowRun(house.as(), {
        flowId: flow.id,
        name,
        state: { type: 'SCHEDULED', scheduledTime: start - secondsAgo * 1_000_000 },
      })
      for (const type of types) {
        await setFlowRunState(house.as(), { flowRunId: run.id, state: { type }, force: true })
        now += 1_000_000
      }
    }
    await make('failed', 30, 'RUNNING', 'FAILED')
    await make('waiting', 10)
    await make('running', 20, 'RUNNING')
    const shown = async (input: Parameters<typeof flowRunDurations>[1]) =>
      (await flowRunDurations(house.as(), input)).map(({ name, stateType, duration }) => [
        name,
        stateType,
        Math.round(duration / 1_000_000),
      ])
    expect(await shown({})).toEqual([
      ['running', 'RUNNING', 1],
      ['failed', 'FAILED', 1],
    ])
    expect(await shown({ most: 1 })).toEqual([['running', 'RUNNING', 1]])
    expect(await shown({ filter: { states: ['FAILED', 'Late'] } })).toEqual([['failed', 'FAILED', 1]])
    expect(await shown({ filter: { states: ['COMPLETED', 'Running'] } })).toEqual([['running', 'RUNNING', 1]])
  })
})
