import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { query } from '../../kernel/operation.ts'
import { readByIds } from '../../kernel/paging.ts'
import type { ChannelMessage } from '../channels/index.ts'
import { Deployment } from '../deployments/index.ts'
import { FlowRun } from '../flow-runs/index.ts'
import type { NotificationDeliveryRecord } from './delivery.entity.ts'
import { severityOf } from './delivery.rules.ts'
import { hasEnd } from './delivery-order.rules.ts'
import { foldedInto } from './digest.ops.ts'
import { flowsInTrouble } from './incidents.ts'
import { compileTemplate, defaultMessage, defaultSubject } from './message-template.ts'
import { flowRunUrl, type Occasion, valuesOf } from './message-variables.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { placeOf } from './place.ts'

export interface Composed extends Omit<ChannelMessage, 'onlyTo'> {
  /** What is to be known of it: why a default text stands where a template of the policy should, or why this channel hears it. Null: nothing. */
  readonly note: string | null
}

/** What deliveries say, in their order, by the templates of their policies as they are now; by the default where its template cannot be rendered. Once the policy is gone, as they said it before, or by the default. */
export const composeMessages = query('notification-delivery.compose', {
  input: z.object({ deliveries: z.custom<readonly NotificationDeliveryRecord[]>(Array.isArray) }),
  needs: 'notification-delivery:read',
  async run(ctx, { deliveries }): Promise<Composed[]> {
    const policies = await readByIds<NotificationPolicyRecord>(
      ctx.read,
      NotificationPolicy,
      deliveries.map(({ policyId }) => policyId),
    )
    const texts = policies.map(policy => `${policy?.subjectTemplate ?? ''}${policy?.messageTemplate ?? ''}`)
    const parameters = await look<{ parameters: Record<string, unknown> }>(ctx, deliveries, texts, 'flow_run_parameters', {
      entity: FlowRun,
      key: 'flowRunId',
      property: 'parameters',
    })
    const deployments = await look<{ name: string }>(ctx, deliveries, texts, 'deployment_name', {
      entity: Deployment,
      key: 'deploymentId',
      property: 'name',
    })
    const over = await digestsOfWhatIsOver(ctx, deliveries)
    return deliveries.map((delivery, index) =>
      compose(ctx, delivery, policies[index], {
        isOver: over.has(delivery.id),
        isAllOver: over.get(delivery.id) ?? false,
        note: noteOf(delivery, policies[index]),
        parameters: parameters.get(delivery.flowRunId)?.parameters ?? {},
        deploymentName: deployments.get(delivery.deploymentId ?? '')?.name ?? null,
      }),
    )
  },
})

/** The same for one, by a policy that need not be stored. */
export async function composeOne(ctx: Ctx, delivery: NotificationDeliveryRecord, policy: NotificationPolicyRecord): Promise<Composed> {
  const [run] = await readByIds<{ parameters: Record<string, unknown> }>(ctx.read, FlowRun, [delivery.flowRunId], ['id', 'parameters'])
  const deploymentIds = delivery.deploymentId === null ? [] : [delivery.deploymentId]
  const [deployment] = await readByIds<{ name: string }>(ctx.read, Deployment, deploymentIds, ['id', 'name'])
  const more = { parameters: run?.parameters ?? {}, deploymentName: deployment?.name ?? null, isOver: false, isAllOver: false, note: null }
  return compose(ctx, delivery, policy, more)
}

interface Place {
  readonly entity: typeof FlowRun | typeof Deployment
  readonly key: 'flowRunId' | 'deploymentId'
  readonly property: string
}

/** What a delivery does not know itself is read only where a template names it. */
async function look<Found>(
  ctx: Ctx,
  deliveries: readonly NotificationDeliveryRecord[],
  texts: readonly string[],
  variable: string,
  { entity, key, property }: Place,
): Promise<ReadonlyMap<string, Found>> {
  const ids = [...new Set(deliveries.flatMap((delivery, index) => (texts[index]!.includes(variable) ? (delivery[key] ?? []) : [])))]
  const found = await readByIds<Found>(ctx.read, entity, ids, ['id', property])
  return new Map(ids.flatMap((id, index) => (found[index] ? [[id, found[index]] as const] : [])))
}

/** Who was told of trouble hears of its end, also when it is taken off the policy meanwhile. */
const noteOf = ({ kind, channelId }: NotificationDeliveryRecord, policy: NotificationPolicyRecord | undefined): string | null =>
  kind === 'RESOLVE' && policy && !policy.channelIds.includes(channelId) ? UNNAMED : null

const UNNAMED = 'The notification names this channel no more; it was told of the trouble, so it hears of the end.'

interface More {
  readonly parameters: Record<string, unknown>
  readonly deploymentName: string | null
  readonly isOver: boolean
  readonly isAllOver: boolean
  readonly note: string | null
}

function compose(
  ctx: Ctx,
  delivery: NotificationDeliveryRecord,
  policy: Pick<NotificationPolicyRecord, 'subjectTemplate' | 'messageTemplate'> | undefined,
  more: More,
): Composed {
  const place = placeOf(ctx)
  const occasion: Occasion = {
    ...delivery,
    workspaceSlug: ctx.workspace.slug,
    flowRunTags: delivery.tags,
    flowRunParameters: more.parameters,
    deploymentName: more.deploymentName,
  }
  const values = valuesOf(occasion, place)
  const isWritten = delivery.kind === 'DIGEST' || (!policy && delivery.body !== null)
  const subject = isWritten ? said(delivery.subject!) : rendered('subject', policy?.subjectTemplate, defaultSubject, values)
  const body = isWritten
    ? said(delivery.body!.replace(OVER, '') + (more.isAllOver ? OVER : ''))
    : rendered('message', policy?.messageTemplate, defaultMessage, values)
  return {
    deliveryId: delivery.id,
    subject: subject.text.replace(/\s+/g, ' ').trim(),
    body: body.text,
    severity: delivery.kind === 'RESOLVE' ? 'success' : severityOf(delivery.stateType, delivery.stateName),
    link: flowRunUrl(place, delivery.flowRunId),
    dedupKey: delivery.dedupKey,
    isResolve: delivery.kind === 'RESOLVE' || more.isOver,
    occurredAt: delivery.stateTimestamp,
    note: [subject.failure, body.failure, more.note].filter(Boolean).join(' ') || null,
  }
}

const OVER = '\n\nThe trouble is over: the flow has completed since.'

/**
 * Ids of digests about a flow that has completed since, each with whether all others that it tells of have, too: they tell what happened, and open no
 * incident that nobody would close.
 */
async function digestsOfWhatIsOver(ctx: Ctx, deliveries: readonly NotificationDeliveryRecord[]): Promise<ReadonlyMap<string, boolean>> {
  const digests = deliveries.filter(one => one.kind === 'DIGEST' && hasEnd(one))
  const inTrouble = await flowsInTrouble(ctx.read, digests)
  const over = new Map<string, boolean>()
  for (const digest of digests.filter(({ policyId, flowId }) => !inTrouble.has(`${policyId} ${flowId}`))) {
    const told = (await foldedInto(ctx.read, digest)).filter(hasEnd)
    over.set(digest.id, (await flowsInTrouble(ctx.read, told)).size === 0)
  }
  return over
}

interface Rendered {
  readonly text: string
  readonly failure: string | null
}

const said = (text: string): Rendered => ({ text, failure: null })

function rendered(
  which: 'subject' | 'message',
  template: string | null | undefined,
  otherwise: string,
  values: Record<string, unknown>,
): Rendered {
  try {
    return said(compileTemplate(template ?? otherwise).render(values))
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
    return {
      text: compileTemplate(otherwise).render(values),
      failure: `The default stands in place of the ${which}, whose template could not be filled in: ${why}.`,
    }
  }
}
