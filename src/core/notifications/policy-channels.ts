import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { invalidAt, notFound } from '../../kernel/errors.ts'
import { jsonObject, uuid } from '../../kernel/inputs.ts'
import { blockDocumentsByIds, blockTypesByIds, createBlockDocument } from '../blocks/index.ts'
import { channelKinds, isChannelKind } from '../channels/index.ts'
import { NO_CHANNELS, policyParts, someChannels } from './notification-policy.inputs.ts'
import { channelsByName, findChannel } from './policy-names.ts'

const newChannel = z.object({
  /** Left out: its kind, with a number where that is taken. */
  name: z.string().nullish(),
  kind: z.enum(channelKinds),
  config: jsonObject,
})

/** One that is there, by its id or by `kind/name`; or a new one. */
export const channelChoice = z.union([z.object({ id: uuid }), z.object({ reference: z.string() }), newChannel])
export type ChannelChoice = z.output<typeof channelChoice>

/** Channels by their ids; or each as it is chosen, those that are new made with the policy. */
export const channelChoices = {
  channelIds: policyParts.channelIds.optional(),
  channels: someChannels(z.array(channelChoice)).optional(),
} as const

type Choices = { readonly [Key in keyof typeof channelChoices]?: z.output<(typeof channelChoices)[Key]> }

interface Chosen {
  readonly channelIds?: unknown
  readonly channels?: unknown
}

export const isAnyChosen = ({ channelIds, channels }: Chosen): boolean => Boolean(channelIds ?? channels)
export const areChosenTwice = ({ channelIds, channels }: Chosen): boolean => Boolean(channelIds && channels)

export const NONE_CHOSEN = { path: ['channelIds'], message: NO_CHANNELS }
export const CHOSEN_TWICE = { path: ['channels'], message: 'goes without channelIds' }

/** Their ids, once those are made that are not there; undefined where nothing is chosen. NOT_FOUND when one is missing; INVALID when a block is no channel. */
export async function channelIdsFrom(ctx: MutationCtx, { channelIds, channels }: Choices): Promise<string[] | undefined> {
  const made = channels && (await idsOfChoices(ctx, channels, channel => make(ctx, channel)))
  const ids = made ?? channelIds
  await refuseNoChannels(ctx, ids ?? [], made ? 'channels' : 'channelIds')
  return ids
}

/** A new channel, by the name that it will have. */
export type NamedChannel = z.output<typeof newChannel> & { readonly name: string }

/** Each once, in their order, so that one may name a channel that another before it makes. */
export async function idsOfChoices(
  ctx: Ctx,
  choices: readonly ChannelChoice[],
  make: (channel: NamedChannel) => Promise<string>,
): Promise<string[]> {
  const made = new Map<string, string>()
  let there: ReadonlyMap<string, string> | undefined
  const known = async () => new Map([...(there ??= await channelsByName(ctx)), ...made])
  const ids = new Set<string>()
  for (const [index, choice] of choices.entries()) {
    if ('id' in choice) ids.add(choice.id)
    else if ('reference' in choice) {
      const found = findChannel(await known(), choice.reference)
      if ('refusal' in found) throw invalidAt(['channels', index], found.refusal)
      ids.add(found.id)
    } else {
      const name = choice.name ?? freeName(await known(), choice.kind)
      const id = await make({ ...choice, name })
      made.set(`${choice.kind}/${name}`, id)
      ids.add(id)
    }
  }
  return [...ids]
}

const make = async (ctx: MutationCtx, { name, kind, config }: NamedChannel): Promise<string> =>
  (await createBlockDocument(ctx, { name, blockTypeSlug: kind, data: config, isChecked: true })).id

function freeName(taken: ReadonlyMap<string, string>, kind: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? kind : `${kind}-${number}`
    if (!taken.has(`${kind}/${name}`)) return name
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
