import { MikroORM } from '@mikro-orm/sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { entities } from '../../src/core/entities.ts'
import { eventConditions } from '../../src/core/events/event.filter.ts'
import { EventEntity } from '../../src/core/events/index.ts'
import { FlowRun, flowRunConditions } from '../../src/core/flow-runs/index.ts'
import { Flow } from '../../src/core/flows/index.ts'
import { LogLineEntity } from '../../src/core/logs/index.ts'
import { standingForSubflow, TaskRun, TaskRunState } from '../../src/core/task-runs/index.ts'
import type { Query } from '../../src/kernel/storage.ts'
import { createQueryCompiler } from '../../src/storage/query-sql.ts'
import { sqliteDialect } from '../../src/storage/sqlite-dialect.ts'
import { describeTables } from '../../src/storage/tables.ts'

const newestFirst: Query['orderBy'] = [['id', 'desc']]
const newest: Query['orderBy'] = [
  ['sortTime', 'desc'],
  ['id', 'desc'],
]
const byTime: Query['orderBy'] = [
  ['timestamp', 'asc'],
  ['seq', 'asc'],
]
const newestEvents: Query['orderBy'] = [
  ['occurred', 'desc'],
  ['seq', 'desc'],
]
const idBeginning = flowRunConditions({ idPrefix: '019ab000' })
const oneOf = (property: string, ...values: string[]) => [{ is: 'oneOf', property, values }] as const

// SQLite keeps no counts of its own, so that its choice does not depend on what is in the tables.
test.each<[string, Pick<Query, 'entity' | 'where' | 'orderBy'>, RegExp]>([
  ['runs by id', { entity: FlowRun, where: oneOf('id', 'a', 'b'), orderBy: newestFirst }, /autoindex_flow_run_1 \(id=\?\)/],
  ['one run', { entity: FlowRun, where: oneOf('id', 'a'), orderBy: newestFirst }, /autoindex_flow_run_1 \(id=\?\)/],
  ['flows by id', { entity: Flow, where: oneOf('id', 'a', 'b'), orderBy: newestFirst }, /autoindex_flow_1 \(id=\?\)/],
  ['runs whose id begins so', { entity: FlowRun, where: idBeginning, orderBy: newest }, /autoindex_flow_run_1 \(id>\? AND id<\?\)/],
  ['flows whose id begins so', { entity: Flow, where: idBeginning, orderBy: [['name', 'asc']] }, /autoindex_flow_1 \(id>\? AND id<\?\)/],
  ['task runs whose id begins so', { entity: TaskRun, where: idBeginning, orderBy: newest }, /autoindex_task_run_1 \(id>\? AND id<\?\)/],
  ['subflows', { entity: FlowRun, where: oneOf('parentTaskRunId', 'a'), orderBy: newestFirst }, /parent_task_run_id_index/],
  [
    'subflows of a flow run',
    { entity: FlowRun, where: flowRunConditions({ parentFlowRunIds: ['a'] }), orderBy: newest },
    /parent_task_run_id_index \(parent_task_run_id=\?\)$/,
  ],
  ['the newest runs', { entity: FlowRun, where: [], orderBy: newestFirst }, /workspace_id_id_index \(workspace_id=\?\)$/],
  [
    'the newest of a kind',
    { entity: FlowRun, where: oneOf('stateType', 'FAILED'), orderBy: newest },
    /workspace_id_state_type_sort_time_id_index \(workspace_id=\? AND state_type=\?\)$/,
  ],
  [
    'the newest of a flow',
    { entity: FlowRun, where: oneOf('flowId', 'a'), orderBy: newest },
    /flow_run_flow_id_sort_time_id_index \(flow_id=\?\)$/,
  ],
  [
    'the newest of a kind of a flow',
    { entity: FlowRun, where: [...oneOf('flowId', 'a'), ...oneOf('stateType', 'FAILED')], orderBy: newest },
    /flow_run_flow_id_state_type_sort_time_id_index \(flow_id=\? AND state_type=\?\)$/,
  ],
  [
    'the newest of a deployment',
    { entity: FlowRun, where: oneOf('deploymentId', 'a'), orderBy: newest },
    /flow_run_deployment_id_sort_time_id_index \(deployment_id=\?\)$/,
  ],
  [
    'the newest that are no subflows',
    { entity: FlowRun, where: [{ is: 'missing', property: 'parentTaskRunId', isMissing: true }], orderBy: newest },
    /workspace_id_sort_time_id_index \(workspace_id=\?\)$/,
  ],
  [
    'the lines of a run',
    { entity: LogLineEntity, where: oneOf('flowRunId', 'a'), orderBy: byTime },
    /flow_run_id_timestamp_seq_index \(flow_run_id=\?\)$/,
  ],
  [
    'the task runs of a flow run',
    { entity: TaskRun, where: oneOf('flowRunId', 'a'), orderBy: newest },
    /task_run_flow_run_id_sort_time_id_index \(flow_run_id=\?\)$/,
  ],
  [
    'the newest task runs of a kind',
    { entity: TaskRun, where: oneOf('stateType', 'FAILED'), orderBy: newest },
    /task_run_workspace_id_state_type_sort_time_id_index \(workspace_id=\? AND state_type=\?\)$/,
  ],
  [
    'the newest task runs',
    { entity: TaskRun, where: [], orderBy: newest },
    /task_run_workspace_id_sort_time_id_index \(workspace_id=\?\)$/,
  ],
  [
    'the newest events of all but task runs',
    { entity: EventEntity, where: eventConditions({ resourceIdPrefixes: ['prefect.flow-run.', 'prefect.flow.'] }), orderBy: newestEvents },
    /^SEARCH event USING INDEX event_but_task_runs \(workspace_id=\?\)$/,
  ],
  [
    'the states of a task run',
    {
      entity: TaskRunState,
      where: oneOf('taskRunId', 'a'),
      orderBy: [
        ['taskRunId', 'asc'],
        ['timestamp', 'asc'],
        ['id', 'asc'],
      ],
    },
    /task_run_state_task_run_id_timestamp_id_index \(task_run_id=\?\)$/,
  ],
])('%s are found by an index', async (_what, query, expected) => {
  expect((await planOf(query))[0]).toMatch(expected)
})

test('task runs that stand for subflows are told by the index of parents', async () => {
  const details = await planOf({ entity: TaskRun, where: [...oneOf('flowRunId', 'a'), ...standingForSubflow(true)], orderBy: newest })
  expect(details.some(detail => /SEARCH flow_run .*INDEX flow_run_parent_task_run_id_index/.test(detail))).toBe(true)
})

test('runs of several kinds, flows or deployments are read in order for each, and merged', async () => {
  const details = await planOf({ entity: FlowRun, where: oneOf('stateType', 'FAILED', 'CRASHED', 'PAUSED'), orderBy: newest })
  const index = 'SEARCH flow_run USING INDEX flow_run_workspace_id_state_type_sort_time_id_index (workspace_id=? AND state_type=?)'
  expect(details.filter(detail => detail === index)).toHaveLength(3)
  expect(details.some(detail => detail.includes('SCAN flow_run'))).toBe(false)
})

async function planOf(query: Pick<Query, 'entity' | 'where' | 'orderBy'>): Promise<string[]> {
  const orm = await MikroORM.init({ dbName: ':memory:', entities: [...entities] })
  onTestFinished(() => orm.close())
  await orm.schema.create()
  const { text, parameters } = createQueryCompiler(describeTables(orm.getMetadata()), sqliteDialect).select({
    ...query,
    workspaceId: 'w',
    limit: 50,
  })
  const database = await orm.em.getConnection().getNativeClient()
  return (database.prepare(`explain query plan ${text}`).all(...parameters) as { detail: string }[]).map(({ detail }) => detail)
}
