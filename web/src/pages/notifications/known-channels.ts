import type { KnownChannelsFragment } from '../../generated/graphql.ts'
import type { KnownChannel } from './channel-choice.ts'

/** What a channel is called, where it is known by its id alone. */
export type ChannelNames = ReadonlyMap<string, KnownChannel>

export const channelNamesOf = ({ channels }: KnownChannelsFragment): ChannelNames =>
  new Map(
    channels.nodes.map(({ id, name, blockType, isAnonymous }) => [
      id,
      { id, kind: blockType.name, name: isAnonymous ? blockType.name : name },
    ]),
  )

export const channelOf = (names: ChannelNames, id: string): KnownChannel => names.get(id) ?? { id, name: 'a deleted channel', kind: '' }
