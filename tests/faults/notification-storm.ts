import { setTimeout as sleep } from 'node:timers/promises'
import { openPlace, type Place } from '../../bench/places.ts'
import { openReceiver } from '../support/receiver.ts'
import { notifyingEnvironment, prepare } from './notifications.ts'
import { askOracle } from './oracle.ts'
import type { Scenario } from './scenario.ts'
import { createSite } from './site.ts'
import { select } from './stored.ts'

const LONGEST_WAIT_MILLISECONDS = 60_000
const channels = ['first', 'second'] as const

export const notificationStorm: Scenario = {
  name: 'notification-storm',
  sentence: 'Of a storm of failures each channel hears one message and one digest, and each run says where it was told and why there.',
  databases: ['sqlite', 'postgres'],
  options: { failures: 60, 'storm-seconds': 2 },
  async run({ database, options, tell }) {
    const [failures, seconds] = [options['failures']!, options['storm-seconds']!]
    const silence = seconds * 2 + 5
    const place = await openPlace(database)
    const site = createSite(place.url)
    const receiver = await openReceiver()
    try {
      const urls = channels.map(path => `http://127.0.0.1:${receiver.port}/${path}`)
      await prepare(place, urls, {
        stateTypes: ['FAILED'],
        groupBy: 'FLOW',
        groupWaitSeconds: seconds,
        repeatIntervalSeconds: silence,
      })
      await site.start(notifyingEnvironment)
      const startedAt = performance.now()
      await fail(site.url, failures, seconds)
      const took = (performance.now() - startedAt) / 1000
      tell(`${failures} failures in ${took.toFixed(1)} s`)
      const told = await untilTold(place, failures * channels.length, silence * 1000 + LONGEST_WAIT_MILLISECONDS)
      await site.close()
      const verdict = await askOracle(place.url)
      const heard = channels.map(path => receiver.received.filter(({ url }) => url === `/${path}`).length)
      return {
        broken: {
          ...judge(told, failures),
          'channels that heard not two': heard.filter(count => count !== 2).length,
          'otherwise wrong': verdict.violations,
        },
        details: [
          ...told
            .filter(({ status }) => !ends.has(status))
            .slice(0, 5)
            .map(one => JSON.stringify(one)),
          ...verdict.details,
        ],
        seen: { failures, seconds: took, deliveries: told.length, requests: heard.join(' + ') },
      }
    } finally {
      await site.close()
      await receiver.close()
      await place.dispose()
    }
  },
}

interface Told {
  readonly id: string
  readonly channelId: string
  readonly kind: string
  readonly status: string
  readonly digestId: string | null
  readonly reason: string | null
  readonly runCount: number
}

const ends: ReadonlySet<string> = new Set(['DELIVERED', 'FOLDED'])

function judge(told: readonly Told[], failures: number): Record<string, number> {
  const digests = new Map(told.filter(({ kind }) => kind === 'DIGEST').map(digest => [digest.id, digest]))
  const alerts = told.filter(({ kind }) => kind === 'ALERT')
  const folded = alerts.filter(({ status }) => status === 'FOLDED')
  return {
    'runs of which nothing is said': failures * channels.length - alerts.length,
    'messages of their own too many': Math.abs(alerts.length - folded.length - channels.length),
    'digests too many or too few': Math.abs(digests.size - channels.length),
    'digests that miscount': [...digests.values()].filter(({ runCount }) => runCount !== failures - 1).length,
    'folded without a reason or into another channel': folded.filter(
      ({ reason, digestId, channelId }) => reason === null || digests.get(digestId ?? '')?.channelId !== channelId,
    ).length,
    'not at their end': told.filter(({ status }) => !ends.has(status)).length,
  }
}

/** Evenly over the time. */
async function fail(url: string, failures: number, seconds: number): Promise<void> {
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as { id: string }
  }
  const { id: flow_id } = await ask('/flows/', { name: 'stormy' })
  const startedAt = performance.now()
  const failing: Promise<unknown>[] = []
  for (let index = 0; index < failures; index++) {
    await sleep(Math.max(0, startedAt + (index * seconds * 1000) / failures - performance.now()))
    failing.push(ask('/flow_runs/', { flow_id, state: { type: 'FAILED' } }))
  }
  await Promise.all(failing)
}

/** All deliveries, once each run has its own, and all have come to their end, or nobody waits any longer. */
async function untilTold(place: Place, alerts: number, milliseconds: number): Promise<readonly Told[]> {
  const deadline = performance.now() + milliseconds
  for (;;) {
    const told = await select<Told>(
      place,
      `select id, channel_id as "channelId", kind, status, digest_id as "digestId", reason, run_count as "runCount" from notification_delivery`,
    )
    const isOver = told.length > alerts && told.every(({ status }) => ends.has(status))
    if (isOver || performance.now() > deadline) return told
    await sleep(250)
  }
}
