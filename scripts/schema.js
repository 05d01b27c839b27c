// `npm run schema`: writes schema.graphql, printed from the code. `--print` writes it to the terminal instead.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fail, prepare, root } from './prepare.js'

const { status, stdout, stderr } = spawnSync(prepare(), ['src/doors/graphql/print.ts'], { cwd: root, encoding: 'utf8' })
if (status !== 0) fail(stderr || 'The schema could not be printed.')
if (process.argv.includes('--print')) process.stdout.write(stdout)
else writeFileSync(join(root, 'schema.graphql'), stdout)
