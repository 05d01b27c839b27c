// Channels whose outside is in the test's hand: what is sent is kept, and answered as the test says.
import { createBlockDocument, createBlockType, findBlockType, registerBlockSchema } from '../../src/core/blocks/index.ts'
import { type ChannelAnswer, type ChannelMessage, channelSender } from '../../src/core/channels/index.ts'
import type { Ctx, House } from '../../src/kernel/context.ts'

export interface Sent extends ChannelMessage {
  readonly url: string
}

export const delivered: ChannelAnswer = {
  outcome: 'DELIVERED',
  status: 200,
  retryAfterSeconds: null,
  latencySeconds: 0.01,
  excerpt: 'ok',
  error: null,
  remaining: null,
}

/** Hands the house a sender. Answers what it was asked to send, in order. */
export function receive(
  house: Pick<House, 'ports'>,
  answer: (message: Sent) => ChannelAnswer | Promise<ChannelAnswer> = () => delivered,
): Sent[] {
  const sent: Sent[] = []
  house.ports.provide(channelSender, {
    async send(_kind, config, message) {
      const one = { ...message, url: (config as { url: string }).url }
      sent.push(one)
      return answer(one)
    },
    render: (_kind, _config, { subject }) => ({ recipients: [], fields: [{ name: 'subject', text: subject, isHtml: false }] }),
  })
  return sent
}

/** A custom webhook to a receiver on this machine; its id. */
export async function makeWebhook(ctx: Ctx, name: string, url: string): Promise<string> {
  const slug = 'custom-webhook'
  const type = await findBlockType(ctx, { slug }).catch(() => createBlockType(ctx, { name: 'Custom Webhook', slug }))
  const schema = await registerBlockSchema(ctx, { blockTypeId: type.id, fields: { title: slug }, capabilities: ['notify'] })
  const data = { name, url, json_data: { text: '{{body}}' } }
  return (await createBlockDocument(ctx, { name, blockSchemaId: schema.id, data })).id
}

/** A Slack channel; its id. */
export async function makeChannel(ctx: Ctx, name: string, url = `https://hooks.slack.com/services/${name}`): Promise<string> {
  const slug = 'slack-webhook'
  const type = await findBlockType(ctx, { slug }).catch(() => createBlockType(ctx, { name: 'Slack Webhook', slug }))
  const fields = { title: slug, secret_fields: ['url'] }
  const schema = await registerBlockSchema(ctx, { blockTypeId: type.id, fields, capabilities: ['notify'] })
  return (await createBlockDocument(ctx, { name, blockSchemaId: schema.id, data: { url } })).id
}
