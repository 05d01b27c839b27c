import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict } from '../../kernel/errors.ts'
import { uuid } from '../../kernel/inputs.ts'
import { openBlockDraft } from '../blocks/index.ts'
import { MOST_CHANNELS } from './notification-policy.inputs.ts'
import { type ChannelChoice, channelChoice, idsOfChoices } from './policy-channels.ts'
import { type OpenedChannel, openChannel } from './send.ts'

const TOO_MANY = `must name at most ${MOST_CHANNELS} channels`

/** Channels of what is only thought of: they may be missing still, and be new ones that nobody has saved. */
export const draftChannelChoices = {
  channelIds: z.array(uuid).max(MOST_CHANNELS, TOO_MANY).optional(),
  channels: z.array(channelChoice).max(MOST_CHANNELS, TOO_MANY).optional(),
} as const

interface Choices {
  readonly channelIds?: readonly string[] | undefined
  readonly channels?: readonly ChannelChoice[] | undefined
}

/** A channel to look at, or to try. */
export interface DraftChannel {
  /** Of one that is not saved an id for the time being. */
  readonly id: string
  readonly isSaved: boolean
  /** Null where it was deleted. */
  readonly name: string | null
}

type OpenedDraft = DraftChannel & { readonly opened: OpenedChannel }

/** Each once, in their order. One that is new is refused as it would be when it were saved; one that is gone is there, and cannot be used. */
export async function draftChannelsFrom(ctx: Ctx, { channelIds, channels }: Choices): Promise<OpenedDraft[]> {
  const unsaved = new Map<string, OpenedDraft>()
  const ids = await idsOfChoices(ctx, channels ?? channelIds?.map(id => ({ id })) ?? [], async ({ name, kind, config }) => {
    const data = await openBlockDraft(ctx, { name, blockTypeSlug: kind, data: config })
    for (const one of unsaved.values())
      if (one.name === name && 'kind' in one.opened && one.opened.kind === kind) throw conflict('Block already exists', { name })
    const id = ctx.ids.uuid()
    unsaved.set(id, { id, isSaved: false, name, opened: { name, kind, config: data } })
    return id
  })
  return Promise.all(ids.map(async id => unsaved.get(id) ?? savedOf(id, await openChannel(ctx, id))))
}

const savedOf = (id: string, opened: OpenedChannel): OpenedDraft => ({
  id,
  isSaved: true,
  name: 'kind' in opened ? opened.name : null,
  opened,
})

/** What may be told of it. */
export const draftOf = ({ id, isSaved, name }: DraftChannel): DraftChannel => ({ id, isSaved, name })
