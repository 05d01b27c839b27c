import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { type Answers, compare, mismatches } from './compare.ts'
import { askAll, matrices } from './matrices.ts'
import { readRecorded } from './recordings.ts'

const leastCells: Readonly<Record<string, number>> = { 'flow-runs': 2500, 'task-runs': 3500 }

describe.each(matrices)('the matrix of $name', matrix => {
  const recorded = readRecorded(matrix.name)
  let server: TestServer
  let answers: Answers

  beforeAll(async () => {
    server = await startServer({ databaseUrl: 'sqlite:///:memory:' })
    answers = await askAll(matrix, server.apiUrl, matrix.keys, 8)
  }, 600_000)

  afterAll(() => server?.dispose())

  test('has every cell recorded from the peer', () => {
    expect(Object.keys(recorded).sort()).toEqual([...matrix.keys].sort())
    expect(matrix.keys.length).toBeGreaterThanOrEqual(leastCells[matrix.name]!)
  })

  test('gets the peer’s answers, or others for a reason that is listed', () => {
    expect(compare(recorded, answers, matrix.differences).unlisted).toEqual([])
  })

  test('meets each listed difference: a reason that covers nothing is not kept', () => {
    const found = mismatches(recorded, answers)
    for (const { covers, reason } of matrix.differences) expect(found.some(covers), reason).toBe(true)
  })
})
