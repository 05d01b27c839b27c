import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Answer, ask, prepareGround } from './ask.ts'
import { cells } from './cells.ts'
import { compare } from './compare.ts'
import { differences } from './differences.ts'

const recorded: Record<string, Answer> = JSON.parse(readFileSync(new URL('recorded.json', import.meta.url), 'utf8'))
const answers: Record<string, Answer> = {}
let server: TestServer

beforeAll(async () => {
  server = await startServer({ databaseUrl: 'sqlite:///:memory:' })
  const ground = await prepareGround(server.apiUrl, '019ab000-0000-7000-8000-0000000000f7')
  const waiting = [...cells]
  const askOn = async () => {
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) answers[cell.key] = await ask(ground, cell)
  }
  await Promise.all(Array.from({ length: 8 }, askOn))
}, 180_000)

afterAll(() => server?.dispose())

test('every cell of the matrix was recorded from the peer', () => {
  expect(Object.keys(recorded).sort()).toEqual(cells.map(({ key }) => key).sort())
  expect(cells.length).toBeGreaterThanOrEqual(2500)
})

test('each answer is the peer’s, or differs for a reason that is listed', () => {
  expect(compare(recorded, answers).unlisted).toEqual([])
})

test('each listed difference is met: a reason that covers nothing is not kept', () => {
  const mismatches = cells
    .map(({ key }) => ({ key, recorded: recorded[key], ours: answers[key]! }))
    .filter(({ recorded: theirs, ours }) => JSON.stringify(theirs) !== JSON.stringify(ours))
  for (const { covers, reason } of differences) expect(mismatches.some(covers), reason).toBe(true)
})
