// What a test run has one of. Test files, which live in processes of their own, ask the run for it by name;
// outside a run (a benchmark, a fault scenario) it is made in the process that asks and ends with it.
import { startCluster } from './cluster.ts'
import { makePython } from './python.ts'

export interface Shared {
  value: string
  stop(): Promise<void>
}

export const sharedRunVariable = 'CASTELLAN_TEST_RUN'

export const makers = {
  'postgres-18': () => startCluster(18),
  'postgres-18-durable': () => startCluster(18, { isDurable: true }),
  'postgres-15': () => startCluster(15),
  python: () => makePython(),
} satisfies Record<string, () => Promise<Shared>>

export type SharedName = keyof typeof makers

const made = new Map<SharedName, Promise<Shared>>()

/** The URL or path of something that the run has one of. */
export async function shared(name: SharedName): Promise<string> {
  const run = process.env[sharedRunVariable]
  if (!run) return (await makeHere(name)).value
  const response = await fetch(`${run}/${name}`)
  const text = await response.text()
  if (!response.ok) throw new Error(text)
  return text
}

/** Ends what `shared` made in this process. Needed only outside a test run. */
export async function stopShared(): Promise<void> {
  const all = await Promise.allSettled(made.values())
  made.clear()
  await Promise.all(all.map(one => one.status === 'fulfilled' && one.value.stop()))
}

function makeHere(name: SharedName): Promise<Shared> {
  if (!made.has(name)) made.set(name, makers[name]())
  return made.get(name)!
}
