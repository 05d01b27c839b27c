// The list of runs as tests fill it, open it, read it and leave it.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Rest } from './rest.ts'
import { closePage, type Site } from './site.ts'

export const RUNS = 450

/** One after the other, so that their order is that of their numbers. */
export async function makeRuns(rest: Rest): Promise<void> {
  for (let index = 0; index < RUNS; index += 1) {
    const type = index % 50 === 0 ? 'FAILED' : 'COMPLETED'
    const flow = index % 2 === 0 ? 'load-orders' : 'train'
    await rest.createRun({ flow, name: `heron-${index}`, type, tags: index % 3 === 0 ? ['nightly'] : [] })
  }
}

export async function openRuns(site: Site, path = '/runs', options: Parameters<Site['open']>[1] = {}): Promise<Page> {
  const page = await site.open(path, { reducedMotion: 'reduce', ...options })
  await page.getByText('Live', { exact: true }).waitFor()
  await page.locator('.list-bar').waitFor()
  return page
}

/** Closes a page that did nothing which no page may do. */
export async function leave(site: Site, page: Page): Promise<void> {
  await closePage(page)
  expect(site.misdeeds).toEqual({ foreign: [], complaints: [] })
}

export const queryOf = (page: Page) => decodeURIComponent(new URL(page.url()).search)
export const firstRow = (page: Page) => page.locator('tbody tr:not(.space)').first()
export const rowOf = (page: Page, name: string) => page.locator('tbody tr', { has: page.getByRole('link', { name, exact: true }) })
export const totalOf = (page: Page) => page.locator('.list-bar strong').first().textContent()
export const focusedRow = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('tr')?.querySelector('.run')?.textContent ?? null)
