// The Python environment of the SDK tests: made once in .cache/sdk, and again when the pins change or it cannot run.
import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Shared } from './shared.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface PythonEnvironment {
  readonly folder: string
  /** Files that pip reads. */
  readonly requirements: string
  readonly constraints: string
  /** What it is made for. */
  readonly module: string
}

const sdk: PythonEnvironment = {
  folder: here('../../.cache/sdk'),
  requirements: here('../sdk/requirements.txt'),
  constraints: here('../sdk/constraints.txt'),
  module: 'prefect',
}
const interpreterOf = ({ folder }: PythonEnvironment) => join(folder, 'bin', 'python')
const stampOf = ({ folder }: PythonEnvironment) => join(folder, 'made-from')

/** Why there is no Python for the SDK here, or undefined. */
export function missingPython(): string | undefined {
  if (findPython()) return undefined
  return 'no Python 3.10 to 3.14 with venv was found: install python3 and python3-venv, or name one with the environment variable PYTHON'
}

/** Answers the path of an interpreter that can import the pinned SDK. */
export async function makePython(environment = sdk): Promise<Shared> {
  if (!isMade(environment) || !canRun(environment)) await make(environment)
  return { value: interpreterOf(environment), stop: async () => {} }
}

const isMade = (environment: PythonEnvironment): boolean =>
  existsSync(stampOf(environment)) && readFileSync(stampOf(environment), 'utf8') === fingerprint(environment)

/** The Python that it was made from may be gone, or be another one by now. */
function canRun(environment: PythonEnvironment): boolean {
  const question = `import importlib.util; print(importlib.util.find_spec('${environment.module}').name)`
  return spawnSync(interpreterOf(environment), ['-c', question], { encoding: 'utf8' }).stdout?.trim() === environment.module
}

/** Without blocking: the process that makes it answers all test files meanwhile. */
async function make(environment: PythonEnvironment): Promise<void> {
  const python = findPython()
  if (!python) throw new Error(missingPython())
  const { folder, requirements, constraints } = environment
  process.stderr.write(`Making a Python environment with ${environment.module} in ${folder}, once …\n`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await runOrThrow(python, ['-m', 'venv', folder])
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements, '-c', constraints]
  await runOrThrow(interpreterOf(environment), install)
  writeFileSync(stampOf(environment), fingerprint(environment))
}

function findPython(): string | undefined {
  const names = [process.env['PYTHON'], 'python3', 'python3.13', 'python3.12', 'python3.11', 'python3.10', '/usr/bin/python3']
  const question = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 14))'
  return names.find(name => name && spawnSync(name, ['-c', question]).status === 0)
}

function fingerprint({ requirements, constraints }: PythonEnvironment): string {
  const hash = createHash('sha256')
  for (const path of [requirements, constraints]) hash.update(readFileSync(path))
  return hash.digest('hex')
}

function runOrThrow(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(' ')} failed: ${`${stdout}${stderr}`.trim() || error.message}`))
      else resolve()
    })
  })
}
