// Becomes another program: its output, its signals and its exit code are this one's.
import { spawn, spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './prepare.js'

/** Replaces this process by `command` where Node can do that; else stands in front of it. */
export function exec(command, args, env = {}) {
  const environment = { ...process.env, ...env }
  if (process.execve) process.execve(command, [command, ...args], environment)
  else standInFront(spawn(command, args, { stdio: 'inherit', env: environment }))
}

/** Runs a program to its end and answers its exit code. A quiet one is heard only when it fails. */
export function run(command, args, { env = {}, quiet = false } = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: quiet ? 'pipe' : 'inherit',
  })
  if (error) throw error
  if (quiet && status !== 0) process.stderr.write(`${stdout}${stderr}`)
  return status ?? 1
}

function standInFront(child) {
  // A terminal sends Ctrl-C to the whole group, so the child has it already: passing it on would count twice.
  const passOn = signal => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => passOn(signal))
  child.on('error', error => {
    console.error(`${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1)))
}
