import { defineConfig } from 'vitest/config'

// One project a folder. A quick run (`npm run check`) asks for no network, no Postgres and no browser:
// it leaves out the slow folders, and everywhere the files named *.slow.test.ts (those of the pages that drive a browser, for one).
const isQuick = process.env['CASTELLAN_TEST_QUICK'] === '1'

const quickFolders = ['house', 'core', 'storage', 'doors', 'services', 'gateways', 'client', 'web']
const slowFolders = ['compat', 'sdk', 'faults']

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
  // Without "development": graphql has a build of its own for it, and two copies do not know each other's errors.
  ssr: { resolve: { conditions: ['module', 'node'] } },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    globalSetup: ['tests/support/run.ts'],
    passWithNoTests: true,
    restoreMocks: true,
    // A browser on a busy machine takes more than the second that is the default; what never comes costs only its own test this long.
    expect: { poll: { timeout: 15_000 } },
    projects: [...quickFolders.map(name => project(name, 0.5)), ...(isQuick ? [] : slowFolders.map(name => project(name, 3)))],
  },
})
