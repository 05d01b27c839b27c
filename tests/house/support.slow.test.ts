// The tests' own support is held to its word too.
import pg from 'pg'
import { expect, test } from 'vitest'
import { launchBrowser, missingBrowser } from '../support/browser.ts'
import { createDatabase, createTemplate, missingPostgres } from '../support/postgres.ts'
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

async function ask(connectionString: string, sql: string): Promise<any[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
