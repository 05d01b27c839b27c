// `npm run dev`: the server from its sources, restarted on a change, and Vite's pages with hot reload beside it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { prepare, root } from './prepare.js'

const node = prepare()
const commands = [
  { needs: 'src/main.ts', args: ['--watch', 'src/main.ts', 'server', 'start', ...process.argv.slice(2)] },
  { needs: 'web/vite.config.ts', args: ['node_modules/vite/bin/vite.js', '--config', 'web/vite.config.ts'] },
].filter(({ needs }) => existsSync(join(root, needs)))
/** @type {import('node:child_process').ChildProcess[]} */
const children = commands.map(({ args }) => spawn(node, args, { cwd: root, stdio: 'inherit' }))

let code = 0
const stop = signal => children.forEach(child => child.kill(signal))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))
for (const child of children) {
  child.on('exit', exitCode => {
    code ||= exitCode ?? 0
    stop('SIGTERM')
    process.exitCode = code
  })
}
