// Written by `npm run lists` from the files beside it. Not edited by hand.
import { Artifact } from './artifacts/index.ts'
import { AuditEntryEntity } from './audit/index.ts'
import { BlockDocument, BlockDocumentReference, BlockSchema, BlockType } from './blocks/index.ts'
import { Deployment } from './deployments/index.ts'
import { EventEntity } from './events/index.ts'
import { FlowRunInput } from './flow-run-inputs/index.ts'
import { FlowRun, FlowRunState } from './flow-runs/index.ts'
import { Flow } from './flows/index.ts'
import { Follower } from './followers/index.ts'
import { History } from './history/index.ts'
import { LogLineEntity } from './logs/index.ts'
import { NotificationAttempt, NotificationDelivery, NotificationGroup, NotificationIncident, NotificationPolicy } from './notifications/index.ts'
import { FlowRunRollup, TaskRunRollup } from './rollups/index.ts'
import { SavedView } from './saved-views/index.ts'
import { SealingKey } from './secrets/index.ts'
import { CachedResultEntity, TaskRun, TaskRunState } from './task-runs/index.ts'
import { TaskWorker } from './task-workers/index.ts'
import { Variable } from './variables/index.ts'
import { Workspace } from './workspaces/index.ts'

/** What MikroORM is given. */
export const entities = [Artifact, AuditEntryEntity, BlockDocument, BlockDocumentReference, BlockSchema, BlockType, CachedResultEntity, Deployment, EventEntity, Flow, FlowRun, FlowRunInput, FlowRunRollup, FlowRunState, Follower, History, LogLineEntity, NotificationAttempt, NotificationDelivery, NotificationGroup, NotificationIncident, NotificationPolicy, SavedView, SealingKey, TaskRun, TaskRunRollup, TaskRunState, TaskWorker, Variable, Workspace] as const
