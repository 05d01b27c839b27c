import type { Reader } from '../../kernel/storage.ts'
import { NotificationAttempt, NotificationDelivery, type NotificationDeliveryRecord } from '../notifications/index.ts'
import { pages, type RowEvidence, workspacesOf } from './check.evidence.ts'

const ENDS: ReadonlySet<string> = new Set(['DELIVERED', 'DEAD', 'FOLDED', 'MUTED', 'CANCELLED'])

/** Deliveries: whether what each says of itself fits together. */
export async function* readDeliveries(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  const properties = ['id', 'status', 'settledAt', 'attemptCount', 'subject', 'digestId', 'holder']
  for await (const page of pages<NotificationDeliveryRecord>(read, {
    entity: NotificationDelivery,
    where: [],
    orderBy: [['id', 'asc']],
    properties,
  }))
    yield page.map(delivery => ({ id: delivery.id, fault: faultOf(delivery) }))
}

function faultOf({ id, status, settledAt, attemptCount, subject, digestId, holder }: NotificationDeliveryRecord): string | null {
  if (ENDS.has(status) !== (settledAt !== null)) return `${id}: is ${status}, settled ${settledAt === null ? 'never' : 'already'}`
  if (status === 'DELIVERED' && (attemptCount === 0 || subject === null)) return `${id}: is said to be delivered, and was never tried`
  if (status === 'FOLDED' && digestId === null) return `${id}: is said to be folded, and into nothing`
  if (status === 'SENDING' && holder === null) return `${id}: is being sent by nobody`
  return null
}

export async function* readAttempts(read: Reader): AsyncGenerator<readonly RowEvidence[], void, undefined> {
  const properties = ['id', 'workspaceId', 'deliveryId']
  type Attempt = { readonly id: string; readonly workspaceId: string; readonly deliveryId: string }
  for await (const page of pages<Attempt>(read, { entity: NotificationAttempt, where: [], orderBy: [['id', 'asc']], properties })) {
    const workspaces = await workspacesOf(
      read,
      NotificationDelivery,
      page.map(({ deliveryId }) => deliveryId),
    )
    yield page.map(({ id, workspaceId, deliveryId }) => ({
      id,
      fault: workspaces.get(deliveryId) === workspaceId ? null : `${id}: its delivery ${deliveryId} is in ${workspaces.get(deliveryId)}`,
    }))
  }
}
