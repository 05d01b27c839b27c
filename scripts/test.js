// `npm test`: installs, builds, runs every test, and ends with the line `N passed, N failed, N skipped`.
// Arguments go to Vitest: `npm test -- tests/core`, `npm test -- --project web`.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.js'
import { run } from './exec.js'
import { fail, prepare, root } from './prepare.js'

const report = join(root, '.cache', 'test-report.json')
const node = prepare()
if (!build(node)) fail('The build failed (its message is above).\n0 passed, 1 failed')

mkdirSync(join(root, '.cache'), { recursive: true })
rmSync(report, { force: true })
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const code = run(node, [...vitest, ...process.argv.slice(2)], { env: { CASTELLAN_TEST_FROM: 'build' } })
const { passed, failed, skipped } = readCounts()
const isFailure = code !== 0 || failed > 0 || passed === 0
console.log(`\n${passed} passed, ${isFailure ? Math.max(failed, 1) : 0} failed, ${skipped} skipped`)
process.exit(isFailure ? code || 1 : 0)

function readCounts() {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that cannot even be loaded has no test that fails: it counts as one.
    const broken = testResults.filter(file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'))
    return { passed: numPassedTests, failed: numFailedTests + broken.length, skipped: numPendingTests + numTodoTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
