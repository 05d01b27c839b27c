// What notifications cost: how many leave in a second, how soon, and what a transition costs the server more because of them.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { notifyingEnvironment, prepare } from '../tests/faults/notifications.ts'
import { openReceiver } from '../tests/faults/receiver.ts'
import { createSite, type Site } from '../tests/faults/site.ts'
import { startWriters } from '../tests/faults/writers.ts'
import { createHttpClient } from './http-client.ts'
import { doors } from './lifecycle.ts'
import { lookAtMachine } from './machine.ts'
import { at, type Measured } from './measured.ts'
import { openPlace } from './places.ts'

/** The figures of each database. */
export async function* measureNotifications(
  databases: readonly string[],
  { deliveries, rounds }: { deliveries: number; rounds: number },
): AsyncGenerator<Measured> {
  for (const database of databases) yield* measureOn(database, deliveries, rounds)
}

async function* measureOn(database: string, deliveries: number, rounds: number): AsyncGenerator<Measured> {
  const place = await openPlace(database, { isDurable: true })
  const receiver = await openReceiver()
  const site = createSite(place.url)
  const figure = (what: string, value: number, unit: string, bar: Measured['bar'], beside = ''): Measured => ({
    what: `${database}: ${what}`,
    value,
    unit,
    bar,
    beside,
    machine: lookAtMachine(),
  })
  try {
    await prepare(place, [receiver.url])
    await site.start({ ...notifyingEnvironment, ...senderOff })
    await work(site, deliveries)
    await site.start(notifyingEnvironment)
    while (receiver.received.size < deliveries) await sleep(20)
    const perSecond = receiver.received.size / ((receiver.lastAt - receiver.firstAt!) / 1000)
    yield figure('deliveries to a receiver on this machine', perSecond, 'a second', { least: 500 }, `${receiver.received.size} of them`)
    const latencies = await oneByOne(site, 100, receiver)
    yield figure('from a commit to the first attempt', at(0.5, latencies), 'ms', { most: 100 }, `p99 ${at(0.99, latencies).toFixed(1)} ms`)
    await site.start({ ...notifyingEnvironment, ...senderOff })
    const { bare, twenty, one } = await compare(site, rounds)
    const beside = `${bare.toFixed(2)} ms for a transition without policies, ${rounds} rounds by turns`
    yield figure('processor time more with 20 policies that do not match', (twenty / bare - 1) * 100, '%', { most: 10 }, beside)
    yield figure('processor time more with one that matches, sender off', (one / bare - 1) * 100, '%', { most: 35 }, beside)
  } finally {
    await site.close()
    await receiver.close()
    await place.dispose()
  }
}

const senderOff = { CASTELLAN_NOTIFICATIONS_CONCURRENCY: '0' }

async function work(site: Site, transitions: number): Promise<void> {
  const writers = startWriters(() => site.url, { count: 8 })
  await writers.reach(transitions)
  await writers.stop()
}

async function oneByOne(site: Site, count: number, receiver: { readonly received: ReadonlyMap<string, number>; readonly lastAt: number }) {
  const client = createHttpClient(site.url)
  const flowId = await doors.rest.ensureFlow(client, 'soon')
  const latencies: number[] = []
  for (let index = 0; index < count; index++) {
    const before = receiver.received.size
    await doors.rest.create(client, flowId)
    const answeredAt = performance.now()
    while (receiver.received.size === before) await sleep(1)
    latencies.push(Math.max(0, receiver.lastAt - answeredAt))
    await sleep(20)
  }
  client.close()
  return latencies
}

const TRANSITIONS = 1500

/** Bare and with policies in turn, so that what else the machine does falls on all alike. */
async function compare(site: Site, rounds: number) {
  const [matching] = await policyIds(site)
  const others = await Promise.all(
    Array.from({ length: 20 }, () =>
      ask(
        site,
        'mutation ($input: CreateNotificationPolicyInput!) { createNotificationPolicy(input: $input) { notificationPolicy { id } } }',
        { input: { stateNames: ['Nowhere'], isActive: false, channelIds: matching!.channelIds } },
      ),
    ),
  )
  const twenty = others.map(({ createNotificationPolicy }) => createNotificationPolicy.notificationPolicy.id as string)
  const found = { bare: [] as number[], twenty: [] as number[], one: [] as number[] }
  const only = async (ids: readonly string[]) => {
    for (const id of [matching!.id, ...twenty])
      await ask(
        site,
        `mutation ($id: UUID!) { ${ids.includes(id) ? 'resume' : 'pause'}NotificationPolicy(input: { id: $id }) { notificationPolicy { id } } }`,
        { id },
      )
  }
  await work(site, TRANSITIONS)
  for (let round = 0; round < rounds; round++)
    for (const [kind, ids] of [
      ['bare', []],
      ['twenty', twenty],
      ['one', [matching!.id]],
    ] as const) {
      await only(ids)
      await sleep(300)
      const before = cpuMilliseconds(site.server.pid())
      await work(site, TRANSITIONS)
      await sleep(300)
      found[kind].push((cpuMilliseconds(site.server.pid()) - before) / TRANSITIONS)
    }
  return { bare: at(0.5, found.bare), twenty: at(0.5, found.twenty), one: at(0.5, found.one) }
}

const policyIds = async (site: Site): Promise<{ id: string; channelIds: string[] }[]> =>
  (await ask(site, '{ notificationPolicies { nodes { id channelIds } } }', {})).notificationPolicies.nodes

async function ask(site: Site, query: string, variables: object): Promise<any> {
  const response = await fetch(`${site.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data: any; errors?: unknown }
  if (errors) throw new Error(JSON.stringify(errors))
  return data
}

const CLOCK_TICK_MILLISECONDS = 10

/** Of all threads of a process, in user and system mode. */
function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MILLISECONDS
}
