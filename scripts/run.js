// `node scripts/run.js <file> [arguments]` runs a file of the project on the right Node.
import { join } from 'node:path'
import { exec } from './exec.js'
import { fail, prepare, root } from './prepare.js'

const [file, ...args] = process.argv.slice(2)
if (!file) fail('Usage: node scripts/run.js <file> [arguments]')
exec(prepare(), [join(root, file), ...args])
