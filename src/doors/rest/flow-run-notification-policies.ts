import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  createNotificationPolicy,
  deleteNotificationPolicy,
  findNotificationPolicy,
  type NotificationPolicyRecord,
  sliceNotificationPolicies,
  updateNotificationPolicy,
} from '../../core/notifications/index.ts'
import { defaultName } from '../../core/states/index.ts'
import { present } from '../../kernel/inputs.ts'
import { sliceOf } from './slices.ts'
import { idParameter, orDefault, time } from './wire.ts'

const newPolicy = z.object({
  is_active: orDefault(z.boolean(), () => true),
  state_names: orDefault(z.array(z.string()), () => []),
  tags: orDefault(z.array(z.string()), () => []),
  block_document_id: z.uuid(),
  message_template: z.string().nullish(),
})

const change = z.object({
  is_active: z.boolean().nullish(),
  state_names: z.array(z.string()).nullish(),
  tags: z.array(z.string()).nullish(),
  block_document_id: z.uuid().nullish(),
  message_template: z.string().nullish(),
})

const asked = z.object({
  flow_run_notification_policy_filter: z.object({ is_active: z.object({ eq_: z.boolean().nullish() }).nullish() }).nullish(),
})

/** The policies of the peer's version 2, which its version 3 has no more: a state by its name, one channel. */
export function notificationPolicyRoutes(app: FastifyInstance): void {
  const root = '/flow_run_notification_policies'

  app.post(`${root}/`, async (request, reply) => {
    const { is_active, state_names, tags, block_document_id, message_template } = newPolicy.parse(request.body)
    const policy = await createNotificationPolicy(request.ctx, {
      isActive: is_active,
      stateNames: state_names,
      tags,
      channelIds: [block_document_id],
      messageTemplate: message_template ?? null,
    })
    return reply.code(201).send(toWire(policy))
  })

  app.post(`${root}/filter`, async request => {
    const isActive = asked.parse(request.body ?? {}).flow_run_notification_policy_filter?.is_active?.eq_
    return (await sliceNotificationPolicies(request.ctx, { ...sliceOf(request), filter: { isActive } })).map(toWire)
  })

  app.get(`${root}/:id`, async request => toWire(await findNotificationPolicy(request.ctx, idParameter(request.params))))

  app.patch(`${root}/:id`, async (request, reply) => {
    const { id } = idParameter(request.params)
    await updateNotificationPolicy(request.ctx, { id, change: toChange(change.parse(request.body)) })
    return reply.code(204).send()
  })

  app.delete(`${root}/:id`, async (request, reply) => {
    await deleteNotificationPolicy(request.ctx, idParameter(request.params))
    return reply.code(204).send()
  })
}

/** Names and types are one to the peer; here a policy that is given names speaks by these alone. */
const toChange = ({ is_active, state_names, tags, block_document_id, message_template }: z.output<typeof change>) =>
  present({
    isActive: is_active ?? undefined,
    stateNames: state_names ?? undefined,
    stateTypes: state_names ? [] : undefined,
    tags: tags ?? undefined,
    channelIds: block_document_id ? [block_document_id] : undefined,
    messageTemplate: message_template,
  })

const toWire = (policy: NotificationPolicyRecord) => ({
  id: policy.id,
  created: time(policy.created),
  updated: time(policy.updated),
  is_active: policy.isActive,
  state_names: [...policy.stateNames, ...policy.stateTypes.map(defaultName)],
  tags: policy.tags,
  block_document_id: policy.channelIds[0] ?? null,
  message_template: policy.messageTemplate ?? null,
})
