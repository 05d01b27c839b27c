import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { readArtifacts, readVersions } from './check.artifact-evidence.ts'
import { readAttempts, readDeliveries } from './check.delivery-evidence.ts'
import { readLines, readRollups, readRuns, readStateChanges, readTaskRollups } from './check.evidence.ts'
import { type Recount, recountOfRuns, recountOfTaskRuns, runChecks, taskRunChecks } from './check.rules.ts'
import { readTaskRuns } from './check.task-evidence.ts'

export interface CheckResult {
  readonly name: string
  readonly sentence: string
  /** How many things were looked at. */
  readonly examined: number
  readonly violations: number
  /** The first few violations. */
  readonly samples: readonly string[]
}

/** All promises of the store, held against what is stored, across workspaces. Meant for a database that nobody writes to meanwhile. */
export const checkStore = query('server.check', {
  input: z.object({}),
  needs: 'server:admin',
  async run({ house: { storage } }): Promise<CheckResult[]> {
    const tallies = runChecks.map(check => ({ check, tally: tallyOf(check.name, check.sentence) }))
    const recount = recountOfRuns()
    const taskRecount = recountOfTaskRuns()
    for await (const page of readRuns(storage.read)) {
      for (const evidence of page) {
        for (const { check, tally } of tallies) tally.note(check.violations(evidence))
        recount.add(evidence.run)
      }
    }
    const taskTallies = taskRunChecks.map(check => ({ check, tally: tallyOf(check.name, check.sentence) }))
    for await (const page of readTaskRuns(storage.read))
      for (const evidence of page) {
        for (const { check, tally } of taskTallies) tally.note(check.violations(evidence))
        taskRecount.add(evidence.run)
      }
    const rollups = [
      await compared(
        tallyOf('rollup.count', 'The roll-ups say of each kind of run how many there are.'),
        readRollups(storage.read),
        recount,
      ),
      await compared(
        tallyOf('task-rollup.count', 'The roll-ups say of each kind of task run how many there are.'),
        readTaskRollups(storage.read),
        taskRecount,
      ),
    ]
    const rows: Tally[] = []
    for (const { name, sentence, evidence } of rowChecks) {
      const tally = tallyOf(name, sentence)
      for await (const page of evidence(storage.read)) for (const { fault } of page) tally.note(fault === null ? [] : [fault])
      rows.push(tally)
    }
    const database = tallyOf('database', 'The database finds no damage in itself and no reference to a row that is gone.')
    database.note(await storage.inspect())
    return [...[...tallies, ...taskTallies].map(({ tally }) => tally), ...rollups, ...rows, database].map(tally => tally.result())
  },
})

/** Promises that are kept or broken by each row alone. */
const rowChecks = [
  {
    name: 'event.state',
    sentence: 'A state change in the log that this server wrote has its state, while there is the run.',
    evidence: readStateChanges,
  },
  { name: 'line.workspace', sentence: 'A log line is in the workspace of its run.', evidence: readLines },
  {
    name: 'artifact.latest',
    sentence: 'Of the versions of a key the newest is said to be the latest, and no other.',
    evidence: readVersions,
  },
  {
    name: 'delivery.state',
    sentence: 'What a delivery of a notification says of its end, its attempts and its digest fits together.',
    evidence: readDeliveries,
  },
  { name: 'attempt.workspace', sentence: 'An attempt to deliver is in the workspace of its delivery.', evidence: readAttempts },
  { name: 'artifact.workspace', sentence: 'An artifact is in the workspace of its run.', evidence: readArtifacts },
] as const

async function compared<Row>(
  tally: Tally,
  pages: AsyncIterable<readonly Row[]>,
  recount: Omit<Recount<never, Row>, 'add'>,
): Promise<Tally> {
  for await (const page of pages) for (const row of page) tally.note(recount.violations(row))
  for (const missing of recount.missing) tally.note([missing])
  return tally
}

const SAMPLES = 5

type Tally = ReturnType<typeof tallyOf>

function tallyOf(name: string, sentence: string) {
  let examined = 0
  let violations = 0
  const samples: string[] = []
  return {
    note(found: readonly string[]) {
      examined++
      violations += found.length
      samples.push(...found.slice(0, SAMPLES - samples.length))
    },
    result: (): CheckResult => ({ name, sentence, examined, violations, samples }),
  }
}
