// The tests' own support is held to its word too.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { launchBrowser, missingBrowser } from '../support/browser.ts'
import { createDatabase, createTemplate, missingPostgres } from '../support/postgres.ts'
import { makePython, missingPython } from '../support/python.ts'
import { describeUnless } from '../support/skip.ts'

// Debian's Postgres 15 is a second opinion where it is installed; nobody has to have it.
const majors = missingPostgres(15) ? ([18] as const) : ([18, 15] as const)

for (const major of majors) {
  describeUnless(missingPostgres(major), `Postgres ${major}`, () => {
    test('gives each suite a database of its own, copied from a template filled once', async () => {
      let fills = 0
      const fill = (url: string) => {
        fills += 1
        return ask(url, 'CREATE TABLE mark AS SELECT 1 AS number')
      }
      const names = await Promise.all([1, 2].map(() => createTemplate(`support_${major}`, fill, { major })))
      const databases = await Promise.all(names.map(template => createDatabase({ major, template })))
      await ask(databases[0]!.url, 'DELETE FROM mark')
      expect(await ask(databases[1]!.url, 'SELECT number FROM mark')).toEqual([{ number: 1 }])
      expect(await ask(databases[0]!.url, 'SHOW server_version_num')).toEqual([{ server_version_num: expect.stringMatching(`^${major}`) }])
      expect(fills).toBe(1)
      await Promise.all(databases.map(database => database.drop()))
    })
  })
}

describeUnless(missingBrowser(), 'the browser', () => {
  test('shows a page', async () => {
    const browser = await launchBrowser()
    const page = await browser.newPage()
    await page.setContent('<title>Castellan</title>')
    expect(await page.title()).toBe('Castellan')
    await browser.close()
  })
})

describeUnless(missingPython(), 'a Python environment', () => {
  /** Of nothing but what each has. */
  const open = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-python-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [requirements, constraints] = ['requirements.txt', 'constraints.txt'].map(name => join(folder, name)) as [string, string]
    for (const path of [requirements, constraints]) writeFileSync(path, '')
    const environment = { folder: join(folder, 'made'), requirements, constraints, module: 'pip' }
    const { value } = await makePython(environment)
    const mark = join(environment.folder, 'mark')
    writeFileSync(mark, '')
    return { environment, interpreter: value, mark }
  }

  test('that can run is made once', async () => {
    const { environment, mark } = await open()
    await makePython(environment)
    expect(existsSync(mark)).toBe(true)
  })

  test.each([
    [
      'whose interpreter does not start',
      (interpreter: string) => {
        rmSync(interpreter)
        writeFileSync(interpreter, '', { mode: 0o755 })
      },
    ],
    ['that lacks what it is for', (interpreter: string) => rmSync(join(dirname(interpreter), '..', 'lib'), { recursive: true })],
  ])('%s is made again', async (_what, hurt) => {
    const { environment, interpreter, mark } = await open()
    hurt(interpreter)
    await makePython(environment)
    expect(spawnSync(interpreter, ['-c', 'import pip']).status).toBe(0)
    expect(existsSync(mark)).toBe(false)
  })
})

async function ask(connectionString: string, sql: string): Promise<any[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
