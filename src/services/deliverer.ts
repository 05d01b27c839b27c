import {
  areDigestsDue,
  claimDeliveries,
  composeMessages,
  type NotificationDeliveryRecord,
  type OpenedChannel,
  openChannel,
  type Settlement,
  sendDigests,
  sendThrough,
  settleDeliveries,
} from '../core/notifications/index.ts'
import { workspacesByIds } from '../core/workspaces/index.ts'
import { rest } from '../kernel/clock.ts'
import { type Ctx, createContext } from '../kernel/context.ts'
import type { Bell } from './bell.ts'
import { type Loop, startLoop, surroundingsOf } from './loop.ts'

const NAME = 'deliverer'
const LOOK_MILLISECONDS = 1000
const SETTLE_AGAIN_MILLISECONDS = 500
/** What comes within this time is written down together. */
const GATHER_MILLISECONDS = 10
const DIGESTS_EVERY_MILLISECONDS = 500
/** Longer than any channel takes to answer or to be given up. */
const LEASE_SECONDS = 60

/** Keeps true that what is in the outbox is sent when it is due, and that what came of it is written down. */
export const startDeliverer = (ctx: Ctx, bell: Bell): Loop => {
  const holder = ctx.ids.uuid()
  let areOthersGone = !ctx.house.storage.isShared
  return startLoop({
    name: NAME,
    everyMilliseconds: LOOK_MILLISECONDS,
    firstAfterMilliseconds: 0,
    ...surroundingsOf(ctx),
    async run(signal) {
      await deliver(ctx, { holder, bell, signal, areOthersGone })
      areOthersGone = false
    },
  })
}

interface Term {
  readonly holder: string
  readonly bell: Bell
  readonly signal: AbortSignal
  /** What was being sent when this server's database was last closed is nobody's. */
  readonly areOthersGone: boolean
}

/** Until the server stops. What is under way then is waited for. */
async function deliver(ctx: Ctx, { holder, bell, signal, areOthersGone }: Term): Promise<void> {
  const most = ctx.house.settings.notificationsConcurrency
  if (most === 0) return bell.wait(LOOK_MILLISECONDS, signal)
  const atOnce = Math.ceil(most / 2)
  const prepare = createPreparation(ctx)
  let digestsAt = ctx.clock.elapsed()
  const settler = createSettler(ctx, holder)
  const busy = new Map<string, number>()
  const underWay = new Set<Promise<void>>()
  let isFirst = areOthersGone
  try {
    while (!signal.aborted) {
      const areDigestsLooked = ctx.clock.elapsed() >= digestsAt
      if (areDigestsLooked) {
        if (await areDigestsDue(ctx, {})) while (!signal.aborted && !(await sendDigests(ctx, {})).isDone);
        digestsAt = ctx.clock.elapsed() + DIGESTS_EVERY_MILLISECONDS
      }
      const free = most - underWay.size
      const limit = free < atOnce && underWay.size > 0 ? 0 : Math.min(free, atOnce)
      const { claimed, isMore } = limit > 0 ? await claimNext(ctx, { holder, limit, busy, atOnce, areOthersGone: isFirst }) : nothing
      isFirst = isFirst && limit === 0
      for (const send of await prepare(claimed)) {
        const { channelId } = send.delivery
        busy.set(channelId, (busy.get(channelId) ?? 0) + 1)
        const sending = send.run().then(settlement => {
          settler.add(settlement)
          busy.set(channelId, busy.get(channelId)! - 1)
          underWay.delete(sending)
          bell.ring()
        })
        underWay.add(sending)
      }
      const restMilliseconds = areDigestsLooked ? LOOK_MILLISECONDS : Math.max(0, digestsAt - ctx.clock.elapsed())
      if (!isMore) await bell.wait(restMilliseconds, signal)
      ctx.house.serviceTicks.ticked(NAME, null)
    }
  } finally {
    await Promise.all(underWay)
    await settler.done()
  }
}

const nothing = { claimed: [], isMore: false } as const

async function claimNext(
  ctx: Ctx,
  {
    holder,
    limit,
    busy,
    atOnce,
    areOthersGone,
  }: {
    readonly holder: string
    readonly limit: number
    readonly busy: ReadonlyMap<string, number>
    readonly atOnce: number
    readonly areOthersGone: boolean
  },
) {
  const busyChannelIds = [...busy].filter(([, count]) => count >= atOnce).map(([id]) => id)
  return claimDeliveries(ctx, { holder, limit, leaseSeconds: LEASE_SECONDS, busyChannelIds, areOthersGone })
}

interface Send {
  readonly delivery: NotificationDeliveryRecord
  run(): Promise<Settlement>
}

/** What each of them says, in the room it belongs to, and the channels they go by: each is opened once for all that were claimed together. */
function createPreparation(ctx: Ctx) {
  const rooms = new Map<string, Ctx>()
  const roomsOf = async (ids: readonly string[]) => {
    const unknown = ids.filter(id => !rooms.has(id))
    const found = unknown.length > 0 ? await workspacesByIds(ctx, { ids: unknown }) : []
    for (const workspace of found) if (workspace) rooms.set(workspace.id, createContext(ctx.house, { workspace, actor: ctx.actor }))
    return ids.flatMap(id => rooms.get(id) ?? [])
  }
  return async (claimed: readonly NotificationDeliveryRecord[]): Promise<Send[]> => {
    const own = Map.groupBy(claimed, ({ workspaceId }) => workspaceId)
    const inside = await roomsOf([...own.keys()])
    return (await Promise.all(inside.map(room => prepareIn(room, own.get(room.workspace.id)!)))).flat()
  }
}

async function prepareIn(room: Ctx, deliveries: readonly NotificationDeliveryRecord[]): Promise<Send[]> {
  const messages = await composeMessages(room, { deliveries })
  const channels = new Map<string, OpenedChannel>()
  for (const id of new Set(deliveries.map(({ channelId }) => channelId))) channels.set(id, await openChannel(room, id))
  return deliveries.map((delivery, index) => {
    const { note, ...composed } = messages[index]!
    const message = { ...composed, onlyTo: delivery.remaining }
    return {
      delivery,
      async run() {
        const startedAt = room.clock.now()
        const answer = await sendThrough(room, channels.get(delivery.channelId)!, message)
        return { delivery, startedAt, subject: message.subject, body: message.body, note, answer }
      },
    }
  })
}

/** Writes down many at once: what comes while it writes goes with the next. */
function createSettler(ctx: Ctx, holder: string) {
  let waiting: Settlement[] = []
  let writing: Promise<void> | undefined
  const write = async () => {
    while (waiting.length > 0) {
      await rest(ctx.clock, GATHER_MILLISECONDS, new AbortController().signal)
      const settlements = waiting
      waiting = []
      try {
        await settleDeliveries(ctx, { holder, settlements })
      } catch (error) {
        ctx.log.warn({ error, service: NAME }, 'What came of deliveries could not be written down; it will be tried again.')
        waiting = [...settlements, ...waiting]
        await rest(ctx.clock, SETTLE_AGAIN_MILLISECONDS, new AbortController().signal)
      }
    }
    writing = undefined
  }
  return {
    add(settlement: Settlement) {
      waiting.push(settlement)
      writing ??= write()
    },
    done: async () => writing,
  }
}
