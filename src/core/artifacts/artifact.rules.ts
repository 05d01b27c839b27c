import { z } from 'zod'
import { invalidAt } from '../../kernel/errors.ts'
import { jsonObject } from '../../kernel/inputs.ts'
import type { Settings } from '../../kernel/settings.ts'

/** As the peer has it. Stands in addresses. */
export const artifactKey = z
  .string()
  .max(255)
  .regex(/^[a-z0-9-]+$/, 'must only contain lowercase letters, numbers, and dashes')

const LONGEST_METADATA = 500

/** Texts only; the peer cuts what is longer, and so does this. */
export const artifactMetadata = jsonObject
  .pipe(z.record(z.string(), z.string()))
  .transform(metadata => Object.fromEntries(Object.entries(metadata).map(([key, text]) => [key, cut(text)])))

const cut = (text: string): string => (text.length > LONGEST_METADATA ? `${text.slice(0, LONGEST_METADATA)}...` : text)

/** How many bytes of JSON some data is. */
export const sizeOf = (data: unknown): number => (data === null || data === undefined ? 0 : Buffer.byteLength(JSON.stringify(data)))

export function refuseLargeData({ maxArtifactSize }: Pick<Settings, 'maxArtifactSize'>, size: number): void {
  if (size > maxArtifactSize) throw invalidAt(['data'], `must be at most ${maxArtifactSize} bytes of JSON and is ${size}`)
}
