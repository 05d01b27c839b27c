// `npm run build`: the pages to dist/web by Vite, the server to dist/castellan.js by Rolldown, what integrators import to dist/client by tsc.
// A part whose sources have not changed since its last build is left as it is.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './exec.js'
import { fingerprint } from './fingerprint.js'
import { prepare, root } from './prepare.js'

const parts = [
  {
    name: 'server',
    sources: ['src', 'migrations', 'package-lock.json', 'scripts/rolldown.config.js', 'scripts/build.js'],
    needs: 'src/main.ts',
    makes: 'dist/server.js',
    clears: ['dist/server.js', 'dist/sqlite-scanner.js', 'dist/chunks'],
    command: ['node_modules/rolldown/bin/cli.mjs', '-c', 'scripts/rolldown.config.js'],
  },
  {
    name: 'client',
    sources: ['client', 'tsconfig.json', 'package-lock.json', 'scripts/build.js'],
    needs: 'client/tsconfig.json',
    makes: 'dist/client/index.js',
    clears: ['dist/client'],
    command: ['node_modules/@typescript/native/bin/tsc', '-p', 'client'],
  },
  {
    name: 'pages',
    sources: ['web', 'client', 'package-lock.json', 'scripts/build.js'],
    needs: 'web/vite.config.ts',
    makes: 'dist/web',
    clears: ['dist/web'],
    command: ['node_modules/vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'],
  },
]

/** Builds what is stale and answers whether all is well. */
export function build(node, { force = false } = {}) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeEntry()
  return parts.filter(part => existsSync(join(root, part.needs))).every(part => buildPart(node, part, force))
}

function buildPart(node, part, force) {
  const stamp = join(root, 'dist', `.${part.name}.built`)
  const print = fingerprint(part.sources)
  if (!force && existsSync(join(root, part.makes)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return true
  console.log(`Building the ${part.name} …`)
  for (const path of [`dist/.${part.name}.built`, ...part.clears]) rmSync(join(root, path), { recursive: true, force: true })
  if (run(node, part.command, { quiet: true }) !== 0) return false
  writeFileSync(stamp, print)
  return true
}

// The entry that package.json names: it keeps compiled code beside the build, so that the next start is faster.
function writeEntry() {
  const entry = join(root, 'dist', 'castellan.js')
  const text = `#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
enableCompileCache(new URL('.compiled', import.meta.url).pathname)
await import('./server.js')
`
  if (existsSync(entry) && readFileSync(entry, 'utf8') === text) return
  writeFileSync(entry, text, { mode: 0o755 })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exit(build(prepare(), { force: process.argv.includes('--force') }) ? 0 : 1)
}
