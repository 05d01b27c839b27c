import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Exchange, replay, type TraceDifference } from './trace.ts'

const trace: readonly Exchange[] = JSON.parse(readFileSync(new URL('trace.json', import.meta.url), 'utf8'))

/** Where our answer may be another, and why. */
const reasons: Readonly<Record<string, string>> = {
  '.name': 'A name that the server coins is another each time.',
  '.total_run_time': 'How long it took is another each time.',
  '.estimated_run_time': 'How long it took is another each time.',
  '.estimated_start_time_delta': 'How late it started is another each time.',
  '.created_by': 'The peer knows nobody where authentication is off; here it is the owner, whom the history names too.',
}

const isListed = ({ place, theirs, ours }: TraceDifference): boolean =>
  place in reasons && (place === '.created_by' || typeof theirs === typeof ours)

let server: TestServer
beforeAll(async () => {
  server = await startServer({ databaseUrl: 'sqlite:///:memory:' })
}, 60_000)
afterAll(() => server?.dispose())

test('a session of the SDK, recorded before the peer’s server, is answered alike field by field, but for what is listed', async () => {
  expect(trace.length).toBeGreaterThan(60)
  const differences = await replay(trace, server.apiUrl)
  expect(differences.filter(difference => !isListed(difference))).toEqual([])
})
