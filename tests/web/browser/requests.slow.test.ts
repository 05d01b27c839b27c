import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeUnless } from '../../support/skip.ts'
import { fill } from './fill.ts'
import { emptyPages, fullPages } from './pages.ts'
import { countRequests } from './requests.ts'
import { missingPages, openSite, type Site } from './site.ts'

const MOST_ON_LOAD = 3
const AT_ONCE = 8
const MINUTES = 6

describeUnless(
  missingPages(),
  'a page asks its server at most three times when it is opened, and never again while nothing happens',
  () => {
    let site: Site
    beforeAll(async () => {
      site = await openSite()
    })
    afterAll(() => site?.close())

    const asksLittle = async (pages: Record<string, string>) => {
      const left = Object.entries(pages)
      const tooMany: object[] = []
      const lane = async () => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          const [name, path] = next
          const asked = await countRequests(site, path)
          if (asked.onLoad.length > MOST_ON_LOAD || asked.idle.length > 0) tooMany.push({ page: name, ...asked })
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, lane))
      expect(tooMany).toEqual([])
    }

    test('with nothing on the server', () => asksLittle(emptyPages), MINUTES * 60_000)

    test('with runs in every state', async () => asksLittle(fullPages(await fill(site.rest))), MINUTES * 60_000)
  },
)
