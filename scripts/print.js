// `node scripts/print.js <source> <target>`: writes what a source prints into a file of the repository. `--print` shows it instead.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, prepare, root } from './prepare.js'

const [source, target, flag] = process.argv.slice(2)
if (!source || !target) fail('Usage: node scripts/print.js <source> <target> [--print]')
const { status, stdout, stderr } = spawnSync(prepare(), [source], { cwd: root, encoding: 'utf8' })
if (status !== 0) fail(stderr || `${source} could not be run.`)
if (flag === '--print') process.stdout.write(stdout)
else writeFileSync(join(root, target), stdout)
