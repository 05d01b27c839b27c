import { expect, onTestFinished, test } from 'vitest'
import { checkStore } from '../../src/core/checks/index.ts'
import { createFlowRun, listFlowRuns, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs, listLogs } from '../../src/core/logs/index.ts'
import { createVariable, findVariable } from '../../src/core/variables/index.ts'
import { inTransaction } from '../../src/kernel/operation.ts'
import { openBareHouse } from '../support/house.ts'
import { createDatabase, missingPostgres } from '../support/postgres.ts'
import { describeUnless } from '../support/skip.ts'

describeUnless(missingPostgres(15), 'the oldest Postgres that is taken, 15,', () => {
  test('keeps runs, states, lines, variables and both logs as the newest does', async () => {
    const database = await createDatabase({ major: 15 })
    onTestFinished(() => database.drop())
    const house = await openBareHouse(database.url)
    onTestFinished(() => house.close())
    const ctx = house.as()
    const { flow } = await ensureFlow(ctx, { name: 'hello', tags: ['a'] })
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        createFlowRun(ctx, { flowId: flow.id, idempotencyKey: `k${index % 10}`, tags: ['x'], state: { type: 'PENDING' } }),
      ),
    )
    await Promise.all(runs.slice(0, 10).map(({ run }) => setFlowRunState(ctx, { flowRunId: run.id, state: { type: 'RUNNING' } })))
    await appendLogs(ctx, { lines: [{ name: 'n', level: 20, message: 'Größe', timestamp: 1_795_608_000_123_456 }] })
    await inTransaction(ctx, async inside => {
      await createVariable(inside, { name: 'v', value: { a: [null, '"'] } })
      await setFlowRunState(inside, { flowRunId: runs[0]!.run.id, state: { type: 'COMPLETED' } })
    })
    expect(await findVariable(ctx, { name: 'v' })).toMatchObject({ value: { a: [null, '"'] } })
    expect((await listFlowRuns(ctx, { filter: { tags: ['x'], stateTypes: ['RUNNING'], nameContains: '' } })).nodes).toHaveLength(9)
    expect((await listLogs(ctx, { filter: { textContains: 'gröSSe' } })).nodes).toEqual([])
    expect((await listLogs(ctx, { filter: { textContains: 'GRöß' } })).nodes).toMatchObject([{ timestamp: 1_795_608_000_123_456 }])
    expect(await house.storage.heads()).toMatchObject({ newest: { events: 23, logs: 1 }, oldest: { events: 1, logs: 1 } })
    expect((await checkStore(ctx, {})).filter(({ violations }) => violations > 0)).toEqual([])
    expect(house.published.flatMap(({ events }) => events)).toEqual(await house.storage.readLog('events', 0, 100))
  })
})
