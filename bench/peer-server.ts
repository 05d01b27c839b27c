// Another server of the same REST API, started by its own command for the time of a comparison.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../tests/support/ports.ts'

export interface PeerServer {
  apiUrl: string
  pid: number
  dispose(): Promise<void>
}

const READY_SECONDS = 300

/** `command`, such as `prefect` or `/venv/bin/python -m prefect`, is started with `server start`, its defaults, and a home of its own. */
export async function startPeer(command: string): Promise<PeerServer> {
  const home = mkdtempSync(join(tmpdir(), 'castellan-peer-'))
  const port = await freePort()
  const apiUrl = `http://127.0.0.1:${port}/api`
  const [program, ...words] = command.split(' ')
  const child = spawn(program!, [...words, 'server', 'start', '--host', '127.0.0.1', '--port', String(port)], {
    cwd: home,
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: home, PREFECT_HOME: join(home, '.prefect'), DO_NOT_TRACK: '1' },
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  const end = (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, signal)
  }
  const orphan = () => end('SIGKILL')
  process.once('exit', orphan)
  const dispose = async () => {
    end('SIGTERM')
    await ended
    process.off('exit', orphan)
    rmSync(home, { recursive: true, force: true })
  }
  for (let second = 0; second < READY_SECONDS; second++) {
    if ((await fetch(`${apiUrl}/health`).catch(() => undefined))?.ok) return { apiUrl, pid: child.pid!, dispose }
    if (child.exitCode !== null) break
    await sleep(1000)
  }
  await dispose()
  throw new Error(`${command} server start did not answer ${apiUrl}/health within ${READY_SECONDS} s.`)
}
