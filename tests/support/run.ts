// Vitest's global setup: what a test run has one of (a Postgres, a Python environment) lives in its main process,
// is made when a test file first asks for it, and goes when the run ends.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makers, type Shared, type SharedName, sharedRunVariable } from './shared.ts'
import { areStallsWanted, stallProcesses } from './stalls.ts'

interface Run {
  users: number
  server?: Promise<Server>
  made: Map<SharedName, Promise<Shared>>
}

const slot = globalThis as { castellanTestRun?: Run }

export default async function setup(): Promise<() => Promise<void>> {
  const run = (slot.castellanTestRun ??= { users: 0, made: new Map() })
  run.users += 1
  if (areStallsWanted && run.users === 1) stallProcesses()
  run.server ??= listen(run)
  const { port } = (await run.server).address() as AddressInfo
  process.env[sharedRunVariable] = `http://127.0.0.1:${port}`
  return () => leave(run)
}

function listen(run: Run): Promise<Server> {
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').slice(1) as SharedName
    response.setHeader('connection', 'close') // A connection kept idle is closed under the next question, now and then.
    try {
      if (!run.made.has(name)) run.made.set(name, makers[name]())
      response.end((await run.made.get(name)!).value)
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error))
    }
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

async function leave(run: Run): Promise<void> {
  run.users -= 1
  if (run.users > 0) return
  const made = await Promise.allSettled(run.made.values())
  await Promise.all(made.map(shared => shared.status === 'fulfilled' && shared.value.stop()))
  const server = await run.server
  server?.closeAllConnections()
  server?.close()
  slot.castellanTestRun = { users: 0, made: new Map() }
}
