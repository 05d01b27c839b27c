import { defineConfig } from 'vitest/config'

// One project a folder. A quick run (`npm run check`) asks for no network, no Postgres and no browser:
// it leaves out the slow folders, and files named *.slow.test.ts everywhere.
const isQuick = process.env['CASTELLAN_TEST_QUICK'] === '1'

const quickFolders = ['house', 'core', 'storage', 'doors', 'services', 'gateways']
const slowFolders = ['web', 'sdk', 'faults']

const project = (name: string, minutes: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    exclude: ['**/fixtures/**', ...(isQuick ? ['**/*.slow.test.ts'] : [])],
    testTimeout: minutes * 60_000,
    hookTimeout: Math.max(minutes * 60_000, 120_000),
  },
})

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['tests/support/run.ts'],
    passWithNoTests: true,
    restoreMocks: true,
    projects: [...quickFolders.map(name => project(name, 0.5)), ...(isQuick ? [] : slowFolders.map(name => project(name, 3)))],
  },
})
