// Scenario `ten-tasks`: what a flow of ten tasks costs a server, and how long it takes, by turns with another server of the same API.
import { setTimeout as sleep } from 'node:timers/promises'
import { runFlow } from '../tests/sdk/sdk.ts'
import { startServer } from '../tests/support/server.ts'
import { cpuMicrosecondsOfTree, lookAtMachine } from './machine.ts'
import { at, type Measured } from './measured.ts'
import { startPeer } from './peer-server.ts'
import { openPlace } from './places.ts'

interface Side {
  name: string
  apiUrl: string
  pid: number
  dispose(): Promise<void>
}

interface Round {
  /** Milliseconds of processor time of the server for each run, without what it spends at rest. */
  cpu: number
  /** Of each flow run, as its process saw it. */
  seconds: number[]
}

const RUNS_EACH = 10
const REST_SECONDS = 5
/** A server may write down later what it has been told. */
const SETTLE_SECONDS = 3
const MOST_OF_PEER = 0.1

/** Without `peer`, the command of another server, ours alone. */
export async function* measureTenTasks(rounds: number, peer: string | undefined): AsyncGenerator<Measured> {
  const machine = lookAtMachine()
  const sides = [await ours()]
  try {
    if (peer !== undefined) sides.push(await theirs(peer))
    for (const side of sides) await run(side, 1)
    const atRest = await Promise.all(sides.map(side => restingShare(side)))
    const found = sides.map((): Round[] => [])
    for (let round = 0; round < rounds; round++)
      for (const [index, side] of sides.entries()) found[index]!.push(await measure(side, atRest[index]!))
    for (const [index, side] of sides.entries()) {
      const cpus = found[index]!.map(({ cpu }) => cpu)
      const seconds = found[index]!.flatMap(one => one.seconds)
      const isOurs = index === 0
      const [peerCpu, peerSeconds] =
        found[1] && isOurs
          ? [
              at(
                0.5,
                found[1].map(({ cpu }) => cpu),
              ),
              at(
                0.5,
                found[1].flatMap(one => one.seconds),
              ),
            ]
          : []
      yield {
        what: `${side.name}, a flow of ten tasks: server CPU for each run, median of ${rounds} rounds`,
        value: at(0.5, cpus),
        unit: 'ms',
        bar: peerCpu === undefined ? null : { most: MOST_OF_PEER * peerCpu },
        beside: `${at(0, cpus).toFixed(1)} to ${at(1, cpus).toFixed(1)} ms, at rest ${(atRest[index]! * 100).toFixed(1)} % of a core${peerCpu === undefined ? '' : `, a ${(peerCpu / at(0.5, cpus)).toFixed(1)}th of the peer's`}`,
        machine,
      }
      yield {
        what: `${side.name}, a flow of ten tasks: wall time, median`,
        value: at(0.5, seconds) * 1000,
        unit: 'ms',
        bar: peerSeconds === undefined ? null : { most: peerSeconds * 1000 },
        beside: `${(at(0, seconds) * 1000).toFixed(0)} to ${(at(1, seconds) * 1000).toFixed(0)} ms`,
        machine,
      }
    }
  } finally {
    for (const side of sides) await side.dispose()
  }
}

async function measure(side: Side, restingShare: number): Promise<Round> {
  const [startedAt, cpuBefore] = [performance.now(), cpuMicrosecondsOfTree(side.pid)]
  const seconds = await run(side, RUNS_EACH)
  await sleep(SETTLE_SECONDS * 1000)
  const spent = cpuMicrosecondsOfTree(side.pid) - cpuBefore - (performance.now() - startedAt) * 1000 * restingShare
  return { cpu: spent / 1000 / RUNS_EACH, seconds }
}

async function run({ name, apiUrl }: Side, count: number): Promise<number[]> {
  const { exitCode, output, report } = await runFlow('ten_tasks', { apiUrl }, { RUNS: String(count) })
  if (exitCode !== 0 || report.state_type !== 'COMPLETED') throw new Error(`The flow did not complete on ${name}:\n${output}`)
  return report['seconds'] as number[]
}

/** How much of a core it takes while nobody asks. */
async function restingShare({ pid }: Side): Promise<number> {
  await sleep(SETTLE_SECONDS * 1000)
  const before = cpuMicrosecondsOfTree(pid)
  await sleep(REST_SECONDS * 1000)
  return (cpuMicrosecondsOfTree(pid) - before) / (REST_SECONDS * 1_000_000)
}

async function ours(): Promise<Side> {
  const place = await openPlace('sqlite')
  const server = await startServer({ from: 'build', databaseUrl: place.url })
  const dispose = async () => {
    await server.dispose()
    await place.dispose()
  }
  return { name: 'sqlite', apiUrl: server.apiUrl, pid: server.pid(), dispose }
}

const theirs = async (command: string): Promise<Side> => ({ name: 'peer', ...(await startPeer(command)) })
