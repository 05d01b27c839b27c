// What a person reads off the pages.
import { isDeepStrictEqual } from 'node:util'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

// One more tells how many are late, whatever their kind, and one the rate of success.
const tileTypes = ['FAILED', 'CRASHED', 'RUNNING', 'COMPLETED']
const labels: Record<string, string> = {
  FAILED: 'Failed',
  CRASHED: 'Crashed',
  RUNNING: 'Running',
  SCHEDULED: 'Scheduled',
  COMPLETED: 'Completed',
  PENDING: 'Pending',
  PAUSED: 'Paused',
  CANCELLED: 'Cancelled',
  CANCELLING: 'Cancelling',
}

/** The numbers of the tiles, by state type; those of zero are left out. */
export async function tilesOf(page: Page): Promise<Record<string, number>> {
  const tiles = await page
    .locator('.tiles a')
    .evaluateAll(tiles => tiles.map(tile => ['.label', '.number'].map(part => tile.querySelector(part)?.textContent?.trim())))
  return nonZero(tileTypes.map(type => [type, toNumber(tiles.find(([label]) => label === labels[type])?.[1])]))
}

/** The numbers of the legend over the chart, which names every state type that a run is in. */
export async function legendOf(page: Page): Promise<Record<string, number>> {
  const entries = await page.locator('.legend button').allTextContents()
  return nonZero(
    Object.entries(labels).map(([type, label]) => [
      type,
      toNumber(entries.find(text => text.trim().startsWith(`${label} `))?.replace(/\D/g, '')),
    ]),
  )
}

export const onlyTiles = (counts: Record<string, number>): Record<string, number> =>
  nonZero(tileTypes.map(type => [type, counts[type] ?? 0]))

/** State and name of each row, from the top. */
export const rowsOf = (page: Page): Promise<string[]> =>
  page
    .locator('tbody tr:has(.state)')
    .evaluateAll(rows => rows.map(row => [...row.querySelectorAll('.state .label, .name')].map(cell => cell.textContent?.trim()).join(' ')))

/** State, sentence, history and log of the page of a run; without its clock, which ticks. */
export async function runOf(page: Page): Promise<Record<string, string[]>> {
  const texts = async (selector: string) => (await page.locator(selector).allTextContents()).map(text => text.trim())
  return {
    name: await texts('main h2.name'),
    pill: await texts('main .pill'),
    sentence: await texts('main .sentence'),
    history: await texts('main ol strong'),
    log: await texts('main .line .message'),
  }
}

/** Waits until two pages tell the same: one that was just opened may still be reading, one that lives may still be hearing. */
export const untilAlike = (read: (page: Page) => Promise<unknown>, one: Page, other: Page): Promise<void> =>
  expect
    .poll(async () => {
      const [here, there] = await Promise.all([read(one), read(other)])
      return isDeepStrictEqual(here, there) ? 'alike' : { here, there }
    })
    .toBe('alike')

export const badgeOf = async (page: Page): Promise<string> => ((await page.locator('.badge .words').textContent()) ?? '').trim()

const toNumber = (text: string | undefined): number => Number((text ?? '0').replaceAll(',', '')) || 0

const nonZero = (entries: [string, number][]): Record<string, number> => Object.fromEntries(entries.filter(([, count]) => count > 0))
