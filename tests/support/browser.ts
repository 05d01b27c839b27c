// A real browser: the one that CHROME names, else Debian's Chromium, else the one that comes from npm.
import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const hasPackaged = process.platform === 'linux' && process.arch === 'x64'

/** Why there is no browser here, or undefined. */
export function missingBrowser(): string | undefined {
  const named = process.env['CHROME']
  if (named) return existsSync(named) ? undefined : `CHROME names ${named}, which does not exist`
  if (places.some(place => existsSync(place)) || hasPackaged) return undefined
  return 'no Chromium was found: install it, or name one with the environment variable CHROME'
}

/** Launches it without a window. As root it runs without its sandbox, which root cannot have. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { executablePath, args } = await findBrowser()
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({
    ...options,
    executablePath,
    args: [...args, ...sandbox, '--disable-dev-shm-usage', ...(options.args ?? [])],
  })
  if (slowness > 1) browser.on('context', slowDown)
  return browser
}

/** CASTELLAN_TEST_SLOWNESS=6: pages take six times as long for all they do, as they may on a busy machine. */
const slowness = Number(process.env['CASTELLAN_TEST_SLOWNESS'] ?? 1)
const WAIT_MILLISECONDS = 30_000

function slowDown(context: BrowserContext): void {
  context.setDefaultTimeout(WAIT_MILLISECONDS * slowness)
  context.on('page', async page => {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  })
}

/** In one process, for places that allow no more, it dies with the first page that is closed. */
const inOneProcess = new Set(['--single-process', '--in-process-gpu', '--no-zygote'])

export async function findBrowser(): Promise<{ executablePath: string; args: string[] }> {
  const executablePath = process.env['CHROME'] || places.find(place => existsSync(place))
  if (executablePath) return { executablePath, args: [] }
  const { default: packaged } = await import('@sparticuz/chromium')
  return { executablePath: await packaged.executablePath(), args: packaged.args.filter(arg => !inOneProcess.has(arg)) }
}
