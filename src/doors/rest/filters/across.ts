import { z } from 'zod'
import { Deployment } from '../../../core/deployments/index.ts'
import { FlowRun } from '../../../core/flow-runs/index.ts'
import { Flow } from '../../../core/flows/index.ts'
import { type Condition, never } from '../../../kernel/filters.ts'
import { deploymentFilter } from './deployment-filter.ts'
import { flowFilter } from './flow-filter.ts'
import { flowRunFilter } from './flow-run-filter.ts'

const unread = z.unknown().optional()

/** Of concepts that this server does not have yet: a filter on them asks for a record of theirs, and there is none. */
const nothing = <Keys extends string>(...keys: Keys[]) =>
  z
    .strictObject({ operator: unread, ...(Object.fromEntries(keys.map(key => [key, unread])) as Record<Keys, typeof unread>) })
    .transform((): readonly Condition[] => [never])
    .nullish()

/** The filters that a list of any kind takes, each about its own kind: a record is wanted if it has to do with some record that fulfils them. Other keys are ignored, as at the peer. */
const filters = z.object({
  flows: flowFilter.nullish(),
  flow_runs: flowRunFilter.nullish(),
  deployments: deploymentFilter.nullish(),
  task_runs: nothing('id', 'name', 'tags', 'state', 'start_time', 'end_time', 'expected_start_time', 'subflow_runs', 'flow_run_id'),
  work_pools: nothing('id', 'name', 'type'),
  work_pool_queues: nothing('id', 'name'),
})

type Asked = z.output<typeof filters>
type Meaning = readonly Condition[] | null | undefined

const own = (where: Meaning): readonly Condition[] => where ?? []
const one = (entity: typeof Flow | typeof Deployment, property: string, where: Meaning): readonly Condition[] =>
  where ? [{ is: 'related', property, entity, as: property.slice(0, -2), where }] : []
const some = (entity: typeof FlowRun | typeof Deployment, property: string, where: Meaning): readonly Condition[] =>
  where ? [{ is: 'referredBy', entity, property, where }] : []
const missingConcepts = ({
  task_runs,
  work_pools,
  work_pool_queues,
}: Omit<Asked, 'work_pool_queues'> & Partial<Asked>): readonly Condition[] => [
  ...own(task_runs),
  ...own(work_pools),
  ...own(work_pool_queues),
]

export const flowsAsked = filters
  .omit({ work_pool_queues: true })
  .transform(asked => [
    ...own(asked.flows),
    ...some(FlowRun, 'flowId', asked.flow_runs),
    ...some(Deployment, 'flowId', asked.deployments),
    ...missingConcepts(asked),
  ])

export const flowRunsAsked = filters.transform(asked => [
  ...own(asked.flow_runs),
  ...one(Flow, 'flowId', asked.flows),
  ...one(Deployment, 'deploymentId', asked.deployments),
  ...missingConcepts(asked),
])

export const deploymentsAsked = filters.transform(asked => [
  ...own(asked.deployments),
  ...one(Flow, 'flowId', asked.flows),
  ...some(FlowRun, 'deploymentId', asked.flow_runs),
  ...missingConcepts(asked),
])
