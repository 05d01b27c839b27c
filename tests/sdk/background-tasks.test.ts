// Tasks in the background: the unmodified SDK delays them, and its own task workers run them.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { missingPython } from '../support/python.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { describeUnless } from '../support/skip.ts'
import { forEachStorage, type StoragePlace } from '../support/storages.ts'
import { ask, askFor, runScript, startScript } from './sdk.ts'

const PATIENCE = { timeout: 120_000, interval: 250 }

describeUnless(missingPython(), 'the Prefect SDK', () => {
  forEachStorage((name, makePlace) => {
    let place: StoragePlace
    let server: TestServer
    let home: string
    let marks: string
    const workers: { readonly pid: number; kill(): Promise<void> }[] = []

    beforeAll(async () => {
      place = await makePlace()
      server = await startServer({ databaseUrl: place.url })
    })
    afterAll(async () => {
      await server?.dispose()
      await place?.dispose()
    })
    beforeEach(() => {
      home = mkdtempSync(join(tmpdir(), 'castellan-sdk-'))
      marks = join(home, 'marks')
    })
    afterEach(async () => {
      await Promise.all(workers.splice(0).map(worker => worker.kill()))
      rmSync(home, { recursive: true, force: true })
    })

    const door = () => ({ apiUrl: server.apiUrl })
    const settings = () => ({ TEST_MARKS: marks })
    const connected = () => askFor(door(), '/task_workers/filter', {})
    async function startWorker() {
      const worker = await startScript('background_worker', home, door(), settings())
      workers.push(worker)
      await vi.waitFor(async () => {
        const identifiers: { identifier: string }[] = await connected()
        expect(identifiers.some(({ identifier }) => identifier.endsWith(`-${worker.pid}`))).toBe(true)
      }, PATIENCE)
      return worker
    }
    const delay = (how: 'wait' | 'leave', ...calls: string[]) => runScript('background', [how, ...calls], home, door(), settings())
    /** Which argument was worked on by which process, in order. */
    const begun = () => (existsSync(marks) ? readFileSync(marks, 'utf8').trim().split('\n') : []).map(line => line.split(' ').map(Number))
    const completed = async (ids: readonly string[]) => {
      for (const id of ids) {
        const { state_type } = await vi.waitFor(async () => {
          const run = await ask(door(), `/task_runs/${id}`)
          expect(run.state_type).toBe('COMPLETED')
          return run
        }, PATIENCE)
        expect(state_type).toBe('COMPLETED')
      }
    }

    test('delays tasks that two workers share, each run once, and reads their results', async () => {
      const [one, other] = [await startWorker(), await startWorker()]
      const numbers = Array.from({ length: 10 }, (_, index) => index)
      const { alarms, report } = await delay('wait', ...numbers.map(number => `${number}:0:2`))
      expect({ alarms, results: report.results }).toEqual({ alarms: [], results: numbers.map(number => 2 * number) })
      expect(
        begun()
          .map(([number]) => number!)
          .sort((a, b) => a - b),
      ).toEqual(numbers)
      expect(new Set(begun().map(([, pid]) => pid))).toEqual(new Set([one.pid, other.pid]))
      await completed(report.task_run_ids)
      const states = await ask(door(), `/task_run_states/?task_run_id=${report.task_run_ids[0]}`)
      expect(states.map((state: any) => state.name)).toEqual(['Scheduled', 'Pending', 'Running', 'Completed'])
      expect(await ask(door(), `/task_runs/${report.task_run_ids[0]}`)).toMatchObject({ flow_run_id: null, name: 'double' })
    })

    test('loses nothing that a killed worker had taken and not begun', async () => {
      const killed = await startWorker()
      const { report } = await delay('leave', '1:600', '2')
      await vi.waitFor(() => expect(begun()).toEqual([[1, killed.pid]]), PATIENCE)
      await killed.kill()
      await vi.waitFor(async () => expect(await connected()).toEqual([]), PATIENCE)
      const other = await startWorker()
      await completed([report.task_run_ids[1]])
      expect(begun()).toEqual([
        [1, killed.pid],
        [2, other.pid],
      ])
    })

    test.skipIf(name === 'memory')('keeps what waits, and its workers, while the server is killed and started again', async () => {
      const { report } = await delay('leave', '1', '2')
      await server.kill()
      await server.restart()
      const worker = await startWorker()
      await completed(report.task_run_ids)
      await server.kill()
      await server.restart()
      const { report: later } = await delay('wait', '3')
      expect(later.results).toEqual([6])
      expect(begun().toSorted()).toEqual([1, 2, 3].map(number => [number, worker.pid]))
    })
  })
})
