import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { type ChannelKindDescription, channelKinds, describeChannelKind } from './channel.rules.ts'

/** The kinds of channels there are, with the fields of each. */
export const listChannelKinds = query('channel.kinds', {
  input: z.object({}),
  needs: 'channel:read',
  run: async (): Promise<readonly ChannelKindDescription[]> => channelKinds.map(describeChannelKind),
})
