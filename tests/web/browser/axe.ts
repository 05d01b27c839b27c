import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Each violated rule with the first place of it. Every rule that axe has, no element left out. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { violations } = await (window as any).axe.run(document)
    return violations.map(({ id, nodes }: any) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary}`)
  })
}
