import { defineConfig } from 'vitest/config'

// One project a folder. A quick run (`npm run check`) asks for no network, no Postgres and no browser:
// it leaves out the slow folders, and everywhere the files named *.slow.test.ts (those of the pages that drive a browser, for one).
const isQuick = process.env['CASTELLAN_TEST_QUICK'] === '1'

const quickFolders = ['house', 'core', 'storage', 'doors', 'services', 'gateways', 'client']
const slowFolders = ['compat', 'sdk', 'faults']

// A test of pages ends when it has seen what it waits for: the clock is only for what hangs. CASTELLAN_TEST_SLOWNESS slows the pages down on purpose.
const slowness = Number(process.env['CASTELLAN_TEST_SLOWNESS'] ?? 1)
const PAGE_MINUTES = 5
const PAGE_WAIT_MILLISECONDS = 30_000

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
    // Half of a quick run was the loading of the same modules for each file: there the files of a worker share them. In a full run each file stands alone.
    isolate: !isQuick,
    globalSetup: ['tests/support/run.ts'],
    passWithNoTests: true,
    restoreMocks: true,
    // As long as the browser's driver waits for an element: on a busy machine a page takes more than the second that is the default.
    expect: { poll: { timeout: PAGE_WAIT_MILLISECONDS * slowness } },
    projects: [
      ...quickFolders.map(name => project(name, 2)),
      project('web', PAGE_MINUTES * slowness),
      ...(isQuick ? [] : slowFolders.map(name => project(name, 6))),
    ],
  },
})
