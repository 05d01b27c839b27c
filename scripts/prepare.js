// Makes a fresh clone ready: installs what the lockfile names, and finds a Node that the server can run on.
// Runs on Node 20 with nothing installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { satisfies } from './versions.js'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Installs when needed and answers the path of a Node that satisfies package.json. */
export function prepare() {
  if (!isInstalled()) install()
  return findNode()
}

/** True when node_modules holds exactly what package-lock.json names (packages for other platforms aside). */
export function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const present = readPackages('node_modules/.package-lock.json')
  if (!wanted || !present) return false
  const isMissing = ([path, entry]) => path !== '' && !present[path] && !entry.optional
  const isOther = ([path, entry]) => path !== '' && present[path] && present[path].version !== entry.version
  const isExtra = path => !wanted[path]
  return !Object.entries(wanted).some(entry => isMissing(entry) || isOther(entry)) && !Object.keys(present).some(isExtra)
}

/** The Node to run everything on: the current one if it is new enough, else the one that the install brought. */
export function findNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (satisfies(process.versions.node, engines.node)) return process.execPath
  const brought = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(brought)) return brought
  fail(
    `Castellan needs Node.js ${engines.node}; this is ${process.versions.node}, and no newer one comes with the packages for ${process.platform}-${process.arch}: install Node.js 26 from https://nodejs.org.`,
  )
}

/** Prints one sentence and ends the process. */
export function fail(sentence, code = 1) {
  console.error(sentence)
  process.exit(code)
}

function install() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) fail(`Castellan needs Node.js 20 or newer to install itself; this is ${process.versions.node}.`)
  console.log('Installing packages (npm ci), once …')
  const { status, error } = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (error) fail(`npm could not be started (${error.message}): install npm 11 or newer.`)
  if (status !== 0)
    fail('npm ci failed (its message is above): check the connection to the npm registry and the free disk space, then try again.')
}

function runNpm(args) {
  /** @type {import('node:child_process').SpawnSyncOptions} */
  const options = { cwd: root, stdio: 'inherit' }
  const npmCli = process.env.npm_execpath
  if (npmCli && /npm-cli\.[cm]?js$/.test(npmCli)) return spawnSync(process.execPath, [npmCli, ...args], options)
  return spawnSync('npm', args, options)
}

function readPackages(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages
  } catch {
    return undefined
  }
}
