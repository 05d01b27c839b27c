export { listChannelKinds } from './channel.ops.ts'
export {
  type Channel,
  type ChannelConfig,
  type ChannelKindDescription,
  channelFromUrl,
  channelKinds,
  describeChannelKind,
  isChannelKind,
  parseChannel,
} from './channel.rules.ts'
export type {
  ChannelAnswer,
  ChannelKind,
  ChannelMessage,
  ChannelRendering,
  ChannelSender,
  ChannelSeverity,
  ChannelSummary,
  RenderedField,
} from './channel.ts'
export { channelSender } from './channel.ts'
export { SIGNING_SECRET, substitute } from './kinds/custom-webhook.ts'
