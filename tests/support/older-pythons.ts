// Python environments with older releases of the SDK, in .cache/sdk-<version>: made when a run asks for them, by uv, with what each could depend on in its day.
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface OlderSdk {
  readonly version: string
  /** Nothing younger is installed with it: later releases of what it depends on break it. */
  readonly before: string
}

export const olderSdks: readonly OlderSdk[] = [
  { version: '3.6.29', before: '2026-06-01' },
  { version: '3.4.25', before: '2025-11-15' },
  { version: '3.2.15', before: '2025-04-01' },
  { version: '2.20.27', before: '2026-11-01' },
]

/** `CASTELLAN_TEST_SDKS=all`, or some of the versions with commas between them. */
export const askedSdks = (asked = process.env['CASTELLAN_TEST_SDKS'] ?? ''): readonly OlderSdk[] =>
  asked === 'all' ? olderSdks : olderSdks.filter(({ version }) => asked.split(',').includes(version))

/** Answers its interpreter, or why there is none. */
export function makeOlderPython({ version, before }: OlderSdk): { readonly python: string } | { readonly missing: string } {
  const folder = fileURLToPath(new URL(`../../.cache/sdk-${version}`, import.meta.url))
  const python = `${folder}/bin/python`
  if (existsSync(`${folder}/bin/prefect`)) return { python }
  const uv = (...args: string[]) => spawnSync('uv', args, { encoding: 'utf8' })
  rmSync(folder, { recursive: true, force: true })
  for (const { status, stderr, error } of [
    uv('venv', '--quiet', '--python', '3.11', folder),
    uv('pip', 'install', '--quiet', '--python', python, '--exclude-newer', before, `prefect==${version}`),
  ])
    if (status !== 0) return { missing: `Prefect ${version} could not be installed: ${error?.message ?? stderr.trim()}` }
  return { python }
}
