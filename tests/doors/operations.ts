// Every operation of the server, as its concepts hand them out, with an input that each understands.
import { readdirSync } from 'node:fs'
import { fingerprintOf } from '../../src/core/notifications/policy-plan.rules.ts'
import type { Operation } from '../../src/kernel/operation.ts'

type AnyOperation = Operation<any, any>

const core = new URL('../../src/core/', import.meta.url)
const concepts = readdirSync(core, { withFileTypes: true }).filter(entry => entry.isDirectory())

export const allOperations: readonly AnyOperation[] = (
  await Promise.all(concepts.map(({ name }) => import(`${core.href}${name}/index.ts`)))
)
  .flatMap(concept => Object.values(concept) as unknown[])
  .filter((one): one is AnyOperation => typeof one === 'function' && 'operation' in one)

export interface Somebody {
  readonly flowId: string
  readonly flowRunId: string
  readonly stateId: string
  readonly variableName: string
  readonly savedSearchId?: string
  readonly savedViewId?: string
  readonly variableId?: string
  readonly taskRunId?: string
  readonly artifactId?: string
  readonly notificationPolicyId?: string
  readonly channelId?: string
  readonly notificationDeliveryId?: string
  readonly blockDocumentId?: string
  readonly blockSchemaId?: string
  readonly blockTypeId?: string
  /** What nothing stands on. */
  readonly unusedSchemaId?: string
  readonly unusedTypeId?: string
  readonly deploymentId: string
  readonly deploymentName: string
  readonly flowName: string
  /** Of an input of the run. */
  readonly inputKey?: string
}

export const someEvent = (id: string, name = 'test.happened') => ({
  id,
  occurred: 1_795_608_000_000_000,
  event: name,
  resource: { 'prefect.resource.id': 'test.resource' },
})

/** What each operation is asked about `of`: an id of every kind it could reach for. */
export const inputsOf = (of: Somebody, newId: () => string): Readonly<Record<string, unknown>> => ({
  'artifact.by-ids': { ids: [of.artifactId ?? of.flowRunId] },
  'artifact.changes': { news: [{ kind: 'UPDATED', artifactId: of.artifactId ?? of.flowRunId, key: 'report', occurred: 0 }] },
  'artifact.count': {},
  'artifact.count-versions': { keys: [of.variableName] },
  'artifact.create': { flowRunId: of.flowRunId, key: 'report', data: 1 },
  'artifact.data-by-ids': { ids: [of.artifactId ?? of.flowRunId] },
  'artifact.delete': { id: of.artifactId ?? of.flowRunId },
  'artifact.find': { id: of.artifactId ?? of.flowRunId },
  'artifact.find-latest': { key: of.variableName },
  'artifact.list': {},
  'artifact.slice': { limit: 10 },
  'artifact.update': { id: of.artifactId ?? of.flowRunId, change: { data: 2 } },
  'channel.kinds': {},
  'block-document.by-ids': { ids: [of.blockDocumentId ?? of.flowRunId] },
  'block-document.count': {},
  'block-document.count-by-type': { blockTypeIds: [of.blockTypeId ?? of.flowRunId] },
  'block-document.create': { blockSchemaId: of.blockSchemaId ?? of.flowRunId, name: `b-${newId()}`, data: { token: 'secret' } },
  'block-document.delete': { id: of.blockDocumentId ?? of.flowRunId },
  'block-document.find': { id: of.blockDocumentId ?? of.flowRunId },
  'block-document.list': {},
  'block-document.open-draft': { name: `b-${newId()}`, blockTypeSlug: 'slack-webhook', data: { url: 'https://hooks.slack.com/x' } },
  'block-document.rekey': {},
  'block-document.resolve': { ids: [of.blockDocumentId ?? of.flowRunId] },
  'block-document.slice': { limit: 10 },
  'block-document.update': { id: of.blockDocumentId ?? of.flowRunId, data: { token: 'changed' } },
  'block-document.uses': { ids: [of.blockDocumentId ?? of.flowRunId] },
  'block-schema.by-ids': { ids: [of.blockSchemaId ?? of.flowRunId] },
  'block-schema.capabilities': {},
  'block-schema.count': {},
  'block-schema.delete': { id: of.unusedSchemaId ?? of.blockSchemaId ?? of.flowRunId },
  'block-schema.find': { id: of.blockSchemaId ?? of.flowRunId },
  'block-schema.list': {},
  'block-schema.newest-by-type': { blockTypeIds: [of.blockTypeId ?? of.flowRunId] },
  'block-schema.register': { blockTypeId: of.blockTypeId ?? of.flowRunId, fields: { title: newId() } },
  'block-schema.slice': { limit: 10 },
  'block-secret.open': { ids: [of.blockDocumentId ?? of.flowRunId] },
  'block-secret.open-one': { id: of.blockDocumentId ?? of.flowRunId },
  'block-type.by-ids': { ids: [of.blockTypeId ?? of.flowRunId] },
  'block-type.count': {},
  'block-type.create': { name: `B ${newId()}`, slug: `b-${newId()}` },
  'block-type.delete': { id: of.unusedTypeId ?? of.blockTypeId ?? of.flowRunId },
  'block-type.find': { id: of.blockTypeId ?? of.flowRunId },
  'block-type.install': {},
  'block-type.list': {},
  'block-type.missing': {},
  'block-type.slice': { limit: 10 },
  'block-type.update': { id: of.blockTypeId ?? of.flowRunId, description: 'changed' },
  'deployment.apply': { flowId: of.flowId, name: `d-${newId()}` },
  'deployment.by-ids': { ids: [of.deploymentId] },
  'deployment.count': {},
  'deployment.delete': { id: of.deploymentId },
  'deployment.find': { id: of.deploymentId },
  'deployment.find-by-name': { flowName: of.flowName, name: of.deploymentName },
  'deployment.list': {},
  'deployment.slice': { limit: 10 },
  'deployment.update': { id: of.deploymentId, description: 'changed' },
  'encryption.describe': {},
  'event.receive': { events: [someEvent(newId())] },
  'event.list': {},
  'event.count': {},
  'event.count-in-spans': { spans: [[0, 1]] },
  'event.tally': { by: 'event' },
  'event.count-by-time': { start: 0, spanSize: 1_000_000, spanCount: 1 },
  'follower.attend': { name: 'test', holder: newId(), leaseSeconds: 1, log: { logId: newId(), newest: 0, oldest: 0 } },
  'follower.leave': { name: 'test', holder: newId() },
  'follower.move': { name: 'notifier', holder: newId(), from: 0, to: 0 },
  'flow-run.create': { flowId: of.flowId },
  'flow-run.create-from-deployment': { deploymentId: of.deploymentId },
  'flow-run.set-state': { flowRunId: of.flowRunId, state: { type: 'RUNNING' } },
  'flow-run.find': { id: of.flowRunId },
  'flow-run.by-ids': { ids: [of.flowRunId] },
  'flow-run.details-by-ids': { ids: [of.flowRunId] },
  'flow-run.list': {},
  'flow-run.count': {},
  'flow-run.count-by-state': {},
  'flow-run.count-by-time': { start: 0, end: 900_000_000, bucketSize: 900_000_000 },
  'flow-run.read-dashboard': { start: 0, end: 900_000_000, bucketSize: 900_000_000 },
  'flow-run.read-live-counts': {},
  'flow-run.count-by-flow': { flowIds: [of.flowId], start: 0, end: 900_000_000, bucketSize: 900_000_000 },
  'flow-run.newest-by-flow': { flowIds: [of.flowId] },
  'flow-run.slice': { limit: 10 },
  'flow-run.history': { start: 0, end: 1_000_000, interval: 1_000_000 },
  'flow-run.lateness': {},
  'flow-run.durations': {},
  'flow-run.update': { id: of.flowRunId, change: { name: 'renamed' } },
  'flow-run.act': { flowRunId: of.flowRunId, action: 'cancel' },
  'flow-run.tag': { id: of.flowRunId, add: ['tagged'] },
  'flow-run.set-labels': { id: of.flowRunId, labels: { team: 'x' } },
  'flow-run.resume': { id: of.flowRunId },
  'flow-run.delete': { id: of.flowRunId },
  'flow-run-input.create': { flowRunId: of.flowRunId, key: `k-${newId()}`, value: '1' },
  'flow-run-input.delete': { flowRunId: of.flowRunId, key: of.inputKey ?? 'none' },
  'flow-run-input.find': { flowRunId: of.flowRunId, key: of.inputKey ?? 'none' },
  'flow-run-input.find-question': { flowRunId: of.flowRunId },
  'flow-run-input.list': { flowRunId: of.flowRunId, prefix: '', limit: 10 },
  'flow-run.state-changes': {
    changes: [
      {
        flowRunId: of.flowRunId,
        flowName: 'hello',
        stateId: of.stateId,
        state: { type: 'PENDING', name: 'Pending' },
        previousState: null,
        occurred: 0,
      },
    ],
  },
  'flow-run-state.by-ids': { ids: [of.stateId] },
  'flow-run-state.list': { flowRunIds: [of.flowRunId] },
  'flow.ensure': { name: `flow ${newId()}` },
  'flow.find': { id: of.flowId },
  'flow.find-by-name': { name: of.flowName },
  'flow.slice': { limit: 10 },
  'flow.update': { id: of.flowId, tags: ['changed'] },
  'flow.delete': { id: of.flowId },
  'flow.by-ids': { ids: [of.flowId] },
  'flow.list': {},
  'flow.count': {},
  'log.append': { lines: [{ name: 'n', level: 20, message: 'm', timestamp: 0, flowRunId: of.flowRunId }] },
  'log.list': {},
  'log.slice': { limit: 10 },
  'log.count': {},
  'log.outline': { flowRunId: of.flowRunId },
  'log.facets': { flowRunId: of.flowRunId },
  'log.number': { flowRunId: of.flowRunId, line: 'WzAsMV0' },
  'log.find': { flowRunId: of.flowRunId, textContains: 'm' },
  'notification-delivery.activity': { policyIds: [of.notificationPolicyId ?? of.flowRunId] },
  'notification-delivery.attempts': { ids: [of.notificationDeliveryId ?? of.flowRunId] },
  'notification-delivery.by-ids': { ids: [of.notificationDeliveryId ?? of.flowRunId] },
  'notification-delivery.changes': { ids: [of.notificationDeliveryId ?? of.flowRunId] },
  'notification-delivery.claim': { holder: newId(), limit: 1, leaseSeconds: 1 },
  'notification-delivery.compose': { deliveries: [] },
  'notification-delivery.count': {},
  'notification-delivery.count-failing-policies': {},
  'notification-delivery.digest': {},
  'notification-delivery.digest-due': {},
  'notification-delivery.list': {},
  'notification-delivery.queue': { holder: newId(), from: 0, to: 0, matches: [] },
  'notification-delivery.redeliver': { id: of.notificationDeliveryId ?? of.flowRunId },
  'notification-delivery.settle': { holder: newId(), settlements: [] },
  'notification-delivery.summary': {},
  'notification-delivery.sweep': { before: 0 },
  'notification-policy.active': {},
  'notification-policy.apply': { yaml: 'policies: []', fingerprint: fingerprintOf([]) },
  'notification-policy.count': {},
  'notification-policy.create': { channelIds: [of.channelId ?? of.flowRunId] },
  'notification-policy.delete': { id: of.notificationPolicyId ?? of.flowRunId },
  'notification-policy.export': {},
  'notification-policy.find': { id: of.notificationPolicyId ?? of.flowRunId },
  'notification-policy.list': {},
  'notification-policy.mute': { id: of.notificationPolicyId ?? of.flowRunId, until: null },
  'notification-policy.pause': { id: of.notificationPolicyId ?? of.flowRunId },
  'notification-policy.plan': { yaml: 'policies: []' },
  'notification-policy.preview': { draft: {}, start: 0, end: 9_000_000_000_000_000 },
  'notification-policy.test': { channelIds: [of.channelId ?? of.flowRunId] },
  'notification-policy.resume': { id: of.notificationPolicyId ?? of.flowRunId },
  'notification-policy.slice': { limit: 10 },
  'notification-policy.templates': {},
  'notification-policy.update': { id: of.notificationPolicyId ?? of.flowRunId, change: { name: 'renamed' } },
  'retention.sweep': { runs: 0, events: 0, lines: 0 },
  'saved-view.delete-search': { id: of.savedSearchId ?? of.flowRunId },
  'saved-view.find-search': { id: of.savedSearchId ?? of.flowRunId },
  'saved-view.put-search': { name: `s-${newId()}`, filters: [] },
  'saved-view.slice-searches': { limit: 10, offset: 0 },
  'saved-view.create': { list: 'FLOW_RUNS', name: `w-${newId()}`, query: 'state=FAILED' },
  'saved-view.delete': { id: of.savedViewId ?? of.flowRunId },
  'saved-view.list': { list: 'FLOW_RUNS' },
  'saved-view.update': { id: of.savedViewId ?? of.flowRunId, change: { name: `w-${newId()}` } },
  'server.check': {},
  'server.describe': {},
  'server.describe-database': {},
  'server.list-settings': {},
  'task-run.by-ids': { ids: [of.taskRunId ?? of.flowRunId] },
  'task-run.count': {},
  'task-run.count-by-state': {},
  'task-run.create': { flowRunId: of.flowRunId, taskKey: 'task', dynamicKey: newId() },
  'task-run.delete': { id: of.taskRunId ?? of.flowRunId },
  'task-run.find': { id: of.taskRunId ?? of.flowRunId },
  'task-run.history': { start: 0, end: 1_000_000, interval: 1_000_000 },
  'task-run.list': {},
  'task-run.read-graph': { flowRunId: of.flowRunId },
  'task-run.rename': { id: of.taskRunId ?? of.flowRunId, name: 'renamed' },
  'task-run.set-state': { taskRunId: of.taskRunId ?? of.flowRunId, state: { type: 'RUNNING' } },
  'task-run.slice': { limit: 10 },
  'task-run.state-changes': { changes: [{ stateId: of.stateId, previousState: null, occurred: 0 }] },
  'task-run-state.by-ids': { ids: [of.stateId] },
  'task-run-state.list': { taskRunIds: [of.taskRunId ?? of.flowRunId] },
  'task-worker.acknowledge': { connectionId: newId(), identifier: 'host-1', taskRunId: of.taskRunId ?? of.flowRunId },
  'task-worker.claim': { connectionId: newId(), identifier: 'host-1', taskKeys: ['task'] },
  'task-worker.dismiss': { connectionId: newId(), identifier: 'host-1' },
  'task-worker.greet': { connectionId: newId(), identifier: 'host-1', taskKeys: ['task'], connectedAt: 0 },
  'task-worker.list': {},
  'variable.create': { name: `v-${newId()}`, value: 1 },
  'variable.count': {},
  'variable.delete': { name: of.variableName },
  'variable.find': { name: of.variableName },
  'variable.list': {},
  'variable.slice': { limit: 10 },
  'variable.update': { name: of.variableName, change: { value: 2 } },
  'workspace.by-ids': { ids: [] },
  'workspace.list': {},
  'workspace.create': { slug: `w-${newId()}`, name: 'Another' },
  'workspace.find-by-slug': { slug: 'default' },
})

export const operationNamed = (name: string): AnyOperation => allOperations.find(({ operation }) => operation.name === name)!
