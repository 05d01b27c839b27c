import { LockMode } from '@mikro-orm/core'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { type Key, NONCE_BYTES, openText, sealedWith, sealText } from '../../kernel/envelope.ts'
import { AppError, conflict } from '../../kernel/errors.ts'
import type { KeyRing } from '../../kernel/key-ring.ts'
import { definitions } from '../../kernel/settings.ts'
import { SealingKey } from './sealing-key.entity.ts'

/** Where an envelope belongs. It opens nowhere else. */
export interface SealedPlace {
  readonly workspaceId: string
  readonly table: string
  readonly id: string
  readonly field: string
}

/** LOCKED where this server lacks the key that the database is sealed with, or has none. */
export async function sealSecret(ctx: MutationCtx, place: SealedPlace, secret: unknown): Promise<string> {
  return sealWith(ctx, await sealingKey(ctx), place, secret)
}

export const sealWith = ({ ids }: Pick<Ctx, 'ids'>, key: Key, place: SealedPlace, secret: unknown): string =>
  sealText(key, ids.bytes(NONCE_BYTES), nameOf(place), JSON.stringify(secret))

/** LOCKED where this server lacks the key, or what is there is not what was sealed for this place. */
export function openSecret({ house }: Pick<Ctx, 'house'>, place: SealedPlace, envelope: string): unknown {
  const fingerprint = sealedWith(envelope)
  const key = house.keys.keys.find(one => one.fingerprint === fingerprint)
  if (!key) throw lacking(house.keys, fingerprint)
  const text = openText(key, nameOf(place), envelope)
  if (text === undefined)
    throw new AppError(
      'LOCKED',
      `The secret of ${place.table} ${place.id} is not the one that was sealed for it: it has been changed or moved.`,
    )
  return JSON.parse(text)
}

/** The key to seal with: of those at hand the first that the database knows; into a database that knows none goes the current one, made if need be. */
async function sealingKey(ctx: MutationCtx): Promise<Key> {
  const { keys } = ctx.house
  const known = await keysInUse(ctx, LockMode.PESSIMISTIC_READ)
  if (known.length > 0) return keyAmong(keys, known)
  const first = keys.keys[0] ?? (keys.canMake ? keys.make() : undefined)
  if (!first) throw lacking(keys, null)
  const row = { follows: '', fingerprint: first.fingerprint, created: ctx.clock.now(), retired: null }
  await ctx.em.upsert(SealingKey, row, { onConflictFields: ['follows'], onConflictAction: 'ignore' })
  return keyAmong(keys, await keysInUse(ctx, LockMode.PESSIMISTIC_READ))
}

/** Fingerprints, the newest first. Locked for reading, none of them is retired before this transaction ends. */
export async function keysInUse(
  ctx: MutationCtx,
  lockMode: LockMode.PESSIMISTIC_READ | LockMode.PESSIMISTIC_WRITE,
): Promise<readonly string[]> {
  const rows = await ctx.em.find(SealingKey, { retired: null }, { orderBy: { created: 'desc' }, lockMode, refresh: true })
  return rows.map(({ fingerprint }) => fingerprint)
}

/** Lets a key follow the one in use. CONFLICT for one that was in use before; LOCKED where a key is lacking that something is sealed with. */
export async function succeedKey(ctx: MutationCtx, { fingerprint }: Key): Promise<void> {
  const ring = ctx.house.keys
  const [newest, ...older] = await keysInUse(ctx, LockMode.PESSIMISTIC_WRITE)
  if (newest === undefined || [newest, ...older].includes(fingerprint)) return
  const absent = [newest, ...older].find(one => !ring.keys.some(key => key.fingerprint === one))
  if (absent !== undefined) throw lacking(ring, absent)
  if (await ctx.em.count(SealingKey, { fingerprint }))
    throw conflict(`The key of fingerprint ${fingerprint} was in use before and is retired: take a new one.`, { fingerprint })
  ctx.em.create(SealingKey, { follows: newest, fingerprint, created: ctx.clock.now(), retired: null })
  await ctx.em.flush()
}

/** All but this one: nothing is sealed with them any more. */
export async function retireKeys(ctx: MutationCtx, { fingerprint }: Key): Promise<void> {
  await ctx.em.nativeUpdate(SealingKey, { retired: null, fingerprint: { $ne: fingerprint } }, { retired: ctx.clock.now() })
}

function keyAmong(ring: KeyRing, known: readonly string[]): Key {
  const key = ring.keys.find(({ fingerprint }) => known.includes(fingerprint))
  if (!key) throw lacking(ring, known[0]!)
  return key
}

/** `wanted`: the fingerprint of the key that the database is sealed with; null where it has no secret yet. */
export function lacking({ keys, source }: KeyRing, wanted: string | null): AppError {
  const [keySetting, fileSetting] = [definitions.encryptionKey.name, definitions.encryptionKeyFile.name]
  const remedy = `Set ${keySetting} or ${fileSetting}`
  if (wanted === null)
    return new AppError(
      'LOCKED',
      `This server has no key to keep a secret with. ${remedy} to a key of 32 bytes in base64, as \`openssl rand -base64 32\` makes them.`,
    )
  const own = keys.map(({ fingerprint }) => fingerprint).join(', ')
  const has = own === '' ? 'this server has no key' : `this server has ${own} (${source})`
  return new AppError(
    'LOCKED',
    `Secrets of this database are sealed with the key of fingerprint ${wanted}; ${has}. ${remedy} to that key.`,
    {
      wanted,
    },
  )
}

const nameOf = ({ workspaceId, table, id, field }: SealedPlace): string => [workspaceId, table, id, field].join('\n')
