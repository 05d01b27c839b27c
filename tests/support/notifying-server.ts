// A server in the test's own process that really notifies: GraphQL in, services running, requests out to receivers on this machine.
import { expect, onTestFinished } from 'vitest'
import { installBlockTypes } from '../../src/core/blocks/index.ts'
import { channelSender } from '../../src/core/channels/index.ts'
import { createFlowRun } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { openGraphqlDoor } from '../../src/doors/graphql/index.ts'
import { createListener } from '../../src/doors/http/index.ts'
import { createChannelSender } from '../../src/gateways/channels/sender.ts'
import { createEgress } from '../../src/gateways/egress/index.ts'
import { type Clock, systemClock } from '../../src/kernel/clock.ts'
import type { House } from '../../src/kernel/context.ts'
import { startServices } from '../../src/services/index.ts'
import { graphql } from '../doors/ask.ts'
import type { OpenHouse } from '../storage/for-each-storage.ts'
import { createAuthority } from './authority.ts'
import { patiently } from './patiently.ts'
import { openProxy } from './proxy.ts'
import { openReceiver, type Receiver } from './receiver.ts'

export interface NotifyingServer {
  /** Of the GraphQL door. */
  readonly url: string
  readonly receiver: Receiver
  ask(document: string, variables?: object): Promise<{ data: any; errors?: any[] }>
  /** The id of a webhook to the receiver, that posts `{ text }`. */
  newWebhook(name: string): Promise<string>
  /** The id of a policy that tells of what fails. */
  newPolicy(channelIds: readonly string[], over?: object): Promise<string>
  /** The id of a run that has failed. */
  fail(name: string): Promise<string>
  /** The id of a run of the same flow that has completed. */
  complete(name: string): Promise<string>
}

export interface NotifyingServerOptions {
  /** Hosts of providers, all of which the receiver plays, behind a proxy and by TLS. */
  readonly providers?: readonly string[]
  readonly clock?: Clock
}

export async function openNotifyingServer(
  open: OpenHouse,
  { providers = [], clock = systemClock }: NotifyingServerOptions = {},
): Promise<NotifyingServer> {
  const { receiver, environment } = await openOutside(providers)
  const house = await open({ environment: { CASTELLAN_SERVER_API_PORT: '0', CASTELLAN_EGRESS_ALLOW: '127.0.0.1', ...environment }, clock })
  await installBlockTypes(house.as(), {})
  const egress = createEgress({ settings: house.settings, clock: house.clock, listeners: () => [] })
  onTestFinished(() => egress.close())
  house.ports.provide(channelSender, createChannelSender({ egress, clock: house.clock }))
  const listener = createListener(house as unknown as House, null)
  openGraphqlDoor(listener, house as unknown as House)
  const url = `${await listener.listen()}/graphql`
  onTestFinished(() => listener.close())
  const services = startServices(house as unknown as House)
  onTestFinished(() => services.stop())
  // The place of a follower that is new is the end of the log: what happens before it has taken it is not its business.
  await patiently(() => expect(house.events.services).toBeGreaterThan(0))

  const enter = async (type: 'FAILED' | 'COMPLETED', name: string) => {
    const { flow } = await ensureFlow(house.as(), { name: 'daily-etl' })
    return (await createFlowRun(house.as(), { flowId: flow.id, name, state: { type } })).run.id
  }
  const ask: NotifyingServer['ask'] = (document, variables) => graphql(url, document, variables)
  const made = async (field: string, type: string, selection: string, input: object) => {
    const { data, errors } = await ask(`mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`, { input })
    if (errors) throw new Error(JSON.stringify(errors))
    return data[field]
  }
  return {
    url,
    receiver,
    ask,
    async newWebhook(name) {
      const channel = { customWebhook: { name, url: `http://127.0.0.1:${receiver.port}/${name}`, jsonData: { text: '{{subject}}' } } }
      return (await made('createChannel', 'CreateChannelInput', 'channel { id }', { name, channel })).channel.id
    },
    async newPolicy(channelIds, over = {}) {
      const input = { stateTypes: ['FAILED'], channelIds, ...over }
      return (await made('createNotificationPolicy', 'CreateNotificationPolicyInput', 'notificationPolicy { id }', input))
        .notificationPolicy.id
    },
    fail: name => enter('FAILED', name),
    complete: name => enter('COMPLETED', name),
  }
}

async function openOutside(providers: readonly string[]): Promise<{ receiver: Receiver; environment: Record<string, string> }> {
  const authority = providers.length > 0 ? createAuthority(providers) : undefined
  const receiver = await openReceiver(authority && { tls: authority })
  onTestFinished(() => receiver.close())
  if (!authority) return { receiver, environment: {} }
  const proxy = await openProxy(() => receiver.port)
  onTestFinished(() => proxy.close())
  return { receiver, environment: { CASTELLAN_EGRESS_CA_FILE: authority.caFile, https_proxy: `http://127.0.0.1:${proxy.port}` } }
}
