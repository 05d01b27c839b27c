import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { invalidAt, notFound } from '../../kernel/errors.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { blockDocumentsByIds, blockTypesByIds, createBlockDocument, sliceBlockDocuments } from '../blocks/index.ts'
import { channelKinds, isChannelKind } from '../channels/index.ts'
import { policyParts, someChannels } from './notification-policy.inputs.ts'
import { channelsByName, findChannel } from './policy-names.ts'

const newChannel = z.object({
  /** Left out: its kind, with a number where that is taken. */
  name: z.string().nullish(),
  kind: z.enum(channelKinds),
  config: jsonObject,
})

/** Channels by their ids; or each by its id, by `kind/name`, or as one that is made with the policy. */
export const channelChoices = {
  channelIds: policyParts.channelIds.optional(),
  channels: someChannels(z.array(z.union([z.object({ id: uuid }), z.object({ reference: z.string() }), newChannel]))).optional(),
} as const

type Choices = { readonly [Key in keyof typeof channelChoices]?: z.output<(typeof channelChoices)[Key]> }

export const areChosenTwice = ({ channelIds, channels }: Choices): boolean => Boolean(channelIds && channels)

/** Their ids, once those are made that are not there; undefined where nothing is chosen. NOT_FOUND when one is missing; INVALID when a block is no channel. */
export async function channelIdsFrom(ctx: MutationCtx, { channelIds, channels }: Choices): Promise<string[] | undefined> {
  const ids = [...(channelIds ?? []), ...(await idsOfChoices(ctx, channels ?? []))]
  await refuseNoChannels(ctx, ids, channels ? 'channels' : 'channelIds')
  return channelIds || channels ? [...new Set(ids)] : undefined
}

type Choice = NonNullable<Choices['channels']>[number]

/** In their order, so that one may name a channel that another before it makes. */
async function idsOfChoices(ctx: MutationCtx, choices: readonly Choice[]): Promise<string[]> {
  let known: ReadonlyMap<string, string> | undefined
  const ids: string[] = []
  for (const [index, choice] of choices.entries()) {
    if ('id' in choice) ids.push(choice.id)
    else if ('reference' in choice) {
      known ??= await channelsByName(ctx)
      const found = findChannel(known, choice.reference)
      if ('refusal' in found) throw invalidAt(['channels', index], found.refusal)
      ids.push(found.id)
    } else {
      ids.push(await make(ctx, choice))
      known = undefined
    }
  }
  return ids
}

async function make(ctx: MutationCtx, { name, kind, config }: z.output<typeof newChannel>): Promise<string> {
  const named = name ?? (await freeName(ctx, kind))
  return (await createBlockDocument(ctx, { name: named, blockTypeSlug: kind, data: config, isChecked: true })).id
}

async function freeName(ctx: Ctx, kind: string): Promise<string> {
  const taken = await sliceBlockDocuments(ctx, { filter: { blockTypeSlugs: [kind] }, limit: 10_000 })
  const names = new Set(taken.map(({ name }) => name))
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`
    if (!names.has(name)) return name
  }
}

async function refuseNoChannels(ctx: Ctx, ids: readonly string[], field: string): Promise<void> {
  const documents = await blockDocumentsByIds(ctx, { ids: [...ids] })
  const missing = documents.indexOf(undefined)
  if (missing >= 0) throw notFound('Block document', ids[missing]!)
  const types = await blockTypesByIds(ctx, { ids: documents.map(document => document!.blockTypeId as string) })
  const mute = types.findIndex(type => !isChannelKind(type?.slug ?? ''))
  if (mute >= 0) throw invalidAt([field, mute], `is a block of the type ${types[mute]?.slug}, which sends no notifications`)
}
