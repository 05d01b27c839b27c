// Scenario `lighthouse`: what Lighthouse says of the pages. It is fetched by npx for this, and is no dependency.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findBrowser, missingBrowser } from '../tests/support/browser.ts'
import { fill } from '../tests/web/browser/fill.ts'
import { openSite } from '../tests/web/browser/site.ts'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const categories = ['accessibility', 'best-practices', 'performance'] as const
type Category = (typeof categories)[number]

export interface LighthouseRow {
  page: string
  /** 0 to 100, the median of the runs. */
  scores: Record<Category, number>
  /** What costs points, of all runs. */
  findings: string[]
}

export const LIGHTHOUSE_LEAST: Record<Category, number> = { accessibility: 100, 'best-practices': 100, performance: 95 }

/** One row for each page, as a desk's browser sees it; none, aloud, where there is no browser. */
export async function* measureLighthouse(runs = 3): AsyncGenerator<LighthouseRow> {
  const missing = missingBrowser()
  if (missing !== undefined) return console.error(`lighthouse is left out: ${missing}.`)
  const site = await openSite()
  try {
    const { failed } = await fill(site.rest)
    for (const page of ['/dashboard', '/runs', `/runs/flow-run/${failed}`]) {
      const reports: Report[] = []
      for (let run = 0; run < runs; run += 1) reports.push(await look(site.server.url + page))
      yield { page: page.replace(failed, '…'), scores: mediansOf(reports), findings: [...new Set(reports.flatMap(findingsOf))] }
    }
  } finally {
    await site.close()
  }
}

interface Report {
  categories: Record<Category, { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { title: string; score: number | null; displayValue?: string }>
}

async function look(url: string): Promise<Report> {
  const { executablePath, args } = await findBrowser()
  const flags = ['--headless=new', '--disable-gpu', ...args, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])].join(' ')
  const options = ['--quiet', '--preset=desktop', '--output=json', `--only-categories=${categories.join(',')}`, `--chrome-flags=${flags}`]
  const run = () =>
    promisify(execFile)('npx', ['--yes', LIGHTHOUSE, url, ...options], {
      env: { ...process.env, CHROME_PATH: executablePath },
      maxBuffer: 64 * 1024 * 1024,
      timeout: 180_000,
    })
  // Now and then the browser loses the beginning of a trace; Lighthouse then says to run it again.
  const { stdout } = await run().catch((error: { stderr?: string }) => {
    if (/Please run Lighthouse again/.test(error.stderr ?? '')) return run()
    throw error
  })
  return JSON.parse(stdout) as Report
}

const mediansOf = (reports: Report[]): Record<Category, number> =>
  Object.fromEntries(
    categories.map(category => {
      const scores = reports.map(report => report.categories[category].score * 100).sort((one, other) => one - other)
      return [category, scores[scores.length >> 1]!]
    }),
  ) as Record<Category, number>

const findingsOf = ({ categories, audits }: Report): string[] =>
  Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9)
    .map(({ id }) => `${id}: ${audits[id]!.title}`)

export const lighthouseLine = ({ page, scores, findings }: LighthouseRow): string =>
  `${page}: ${categories.map(category => `${category} ${scores[category].toFixed(0)}`).join(', ')}${findings.map(finding => `\n    ${finding}`).join('')}`
