// The page of a run as tests open it.
import type { Page } from 'playwright-core'
import type { Site } from './site.ts'

export async function openRun(site: Site, id: string, query = '', options: Parameters<Site['open']>[1] = {}): Promise<Page> {
  const page = await site.open(`/runs/flow-run/${id}${query}`, { permissions: ['clipboard-read', 'clipboard-write'], ...options })
  await page.locator('main h2.name').waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  return page
}
