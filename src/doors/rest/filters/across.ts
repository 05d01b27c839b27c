import { z } from 'zod'
import { Deployment } from '../../../core/deployments/index.ts'
import { FlowRun } from '../../../core/flow-runs/index.ts'
import { Flow } from '../../../core/flows/index.ts'
import { TaskRun } from '../../../core/task-runs/index.ts'
import { type Condition, never, oneOf } from '../../../kernel/filters.ts'
import { artifactFilter, latestArtifactFilter } from './artifact-filter.ts'
import { deploymentFilter } from './deployment-filter.ts'
import { flowFilter } from './flow-filter.ts'
import { flowRunFilter } from './flow-run-filter.ts'
import { taskRunFilter } from './task-run-filter.ts'

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
  task_runs: taskRunFilter.nullish(),
  work_pools: nothing('id', 'name', 'type'),
  work_pool_queues: nothing('id', 'name'),
})

type Asked = z.output<typeof filters>
type Meaning = readonly Condition[] | null | undefined

const own = (where: Meaning): readonly Condition[] => where ?? []
const one = (
  entity: typeof Flow | typeof FlowRun | typeof TaskRun | typeof Deployment,
  property: string,
  where: Meaning,
): readonly Condition[] => (where ? [{ is: 'related', property, entity, as: property.slice(0, -2), where }] : [])
const some = (entity: typeof FlowRun | typeof TaskRun | typeof Deployment, property: string, where: Meaning): readonly Condition[] =>
  where ? [{ is: 'referredBy', entity, property, where }] : []
const missingConcepts = ({ work_pools, work_pool_queues }: Pick<Asked, 'work_pools'> & Partial<Asked>): readonly Condition[] => [
  ...own(work_pools),
  ...own(work_pool_queues),
]
/** Flow runs that fulfil one filter and have a task run that fulfils the other; null when neither asks anything. */
const flowRunsWith = ({ flow_runs, task_runs }: Pick<Asked, 'flow_runs' | 'task_runs'>): Meaning =>
  flow_runs || task_runs ? [...own(flow_runs), ...some(TaskRun, 'flowRunId', task_runs)] : null

export const flowsAsked = filters
  .omit({ work_pool_queues: true })
  .transform(asked => [
    ...own(asked.flows),
    ...some(FlowRun, 'flowId', flowRunsWith(asked)),
    ...some(Deployment, 'flowId', asked.deployments),
    ...missingConcepts(asked),
  ])

export const flowRunsAsked = filters.transform(asked => [
  ...own(flowRunsWith(asked)),
  ...one(Flow, 'flowId', asked.flows),
  ...one(Deployment, 'deploymentId', asked.deployments),
  ...missingConcepts(asked),
])

export const deploymentsAsked = filters.transform(asked => [
  ...own(asked.deployments),
  ...one(Flow, 'flowId', asked.flows),
  ...some(FlowRun, 'deploymentId', flowRunsWith(asked)),
  ...missingConcepts(asked),
])

/** A task run is asked about by its flow run, and that by its flow and its deployment. */
export const taskRunsAsked = filters
  .omit({ work_pools: true, work_pool_queues: true })
  .transform(({ task_runs, flow_runs, flows, deployments }) => {
    const around = [...own(flow_runs), ...one(Flow, 'flowId', flows), ...one(Deployment, 'deploymentId', deployments)]
    return [...own(task_runs), ...one(FlowRun, 'flowRunId', flow_runs || flows || deployments ? around : null)]
  })

/** An artifact is asked about by the runs that have made it, and the flow run by its flow and its deployment. */
const artifactsAskedWith = (artifactFilter: z.ZodType<readonly Condition[]>) =>
  filters
    .omit({ work_pools: true, work_pool_queues: true })
    .extend({ artifacts: artifactFilter.nullish() })
    .transform(({ artifacts, task_runs, flow_runs, flows, deployments }) => {
      const around = [...own(flow_runs), ...one(Flow, 'flowId', flows), ...one(Deployment, 'deploymentId', deployments)]
      return [
        ...own(artifacts),
        ...one(FlowRun, 'flowRunId', flow_runs || flows || deployments ? around : null),
        ...one(TaskRun, 'taskRunId', task_runs),
      ]
    })

export const artifactsAsked = artifactsAskedWith(artifactFilter)

export const latestArtifactsAsked = artifactsAskedWith(latestArtifactFilter).transform(asked => [...oneOf('isLatest', [true]), ...asked])
