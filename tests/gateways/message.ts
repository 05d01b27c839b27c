import type { ChannelMessage } from '../../src/core/channels/index.ts'

/** With what texts may hold that a provider reads as more than text. */
export const message: ChannelMessage = {
  deliveryId: '019a0000-0000-7000-8000-000000000001',
  subject: 'Flow run daily-etl/fuzzy-leopard <failed>',
  body: 'It entered Failed & stays there.\nSee <https://docs.example.org|the docs>.',
  severity: 'failure',
  link: 'https://castellan.example.org/runs/flow-run/1',
  dedupKey: null,
  isResolve: false,
  occurredAt: 1_795_608_000_250_000,
}
