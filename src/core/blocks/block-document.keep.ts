import type { MutationCtx } from '../../kernel/context.ts'
import { type Issue, invalid } from '../../kernel/errors.ts'
import { sealSecrets } from './block-document.secrets.ts'
import { misfits } from './block-fit.rules.ts'
import { secretFieldsOf } from './block-schema.rules.ts'
import { type BlockData, joinSecrets, keepSecrets, MASK, type PlacedSecret, splitSecrets } from './secret-fields.rules.ts'

interface Kept {
  readonly data: BlockData
  readonly schema: { readonly fields: string }
  /** The slug of the type that the data must fit; null where it is taken as it is. */
  readonly checkedAs: string | null
  /** Asked only where a mask may mean one of them: who gives all of them anew need not have the key of the old. */
  current(): readonly PlacedSecret[]
}

/** What of the data is stored in the open, and the envelope of the rest. */
export async function keep(ctx: MutationCtx, id: string, kept: Kept) {
  const { shown, secrets } = splitFitting(kept)
  return { data: shown, sealed: await sealSecrets(ctx, id, secrets) }
}

/** What may be shown of data, and what is secret. INVALID with what does not fit. */
export function splitFitting({ data, schema, checkedAs, current }: Kept) {
  const fields = JSON.parse(schema.fields)
  const split = splitSecrets(data, secretFieldsOf(fields))
  const { secrets, unknown } = keepSecrets(split, JSON.stringify(data).includes(MASK) ? current() : [])
  refuse(unknown.map(path => ({ path, message: 'is what a secret is shown as, and there is no secret here to be kept', code: 'custom' })))
  if (checkedAs !== null) refuse(misfits(joinSecrets(split.shown, secrets), { slug: checkedAs, fields }))
  return { shown: split.shown, secrets }
}

function refuse(issues: readonly Issue[]): void {
  if (issues.length > 0) throw invalid(issues.map(issue => ({ ...issue, path: ['data', ...issue.path] })))
}
