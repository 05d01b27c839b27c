import { commitOrder, commitOrderUnlocked } from './commit-order.ts'
import { cursorResume } from './cursor-resume.ts'
import { frozenReplica } from './frozen-replica.ts'
import { heldRun } from './held-run.ts'
import { killLoop } from './kill-loop.ts'
import { mappedTasks } from './mapped-tasks.ts'
import { migration } from './migration.ts'
import { notificationStorm } from './notification-storm.ts'
import { notifications } from './notifications.ts'
import { notifyingReplicas } from './notifying-replicas.ts'
import { retention } from './retention.ts'
import type { Scenario } from './scenario.ts'
import { sdkProcesses } from './sdk-processes.ts'
import { slowCommit } from './slow-commit.ts'
import { slowConsumer } from './slow-consumer.ts'

export const scenarios: readonly Scenario[] = [
  killLoop,
  cursorResume,
  commitOrder,
  commitOrderUnlocked,
  heldRun,
  slowCommit,
  frozenReplica,
  slowConsumer,
  retention,
  notifications,
  notificationStorm,
  notifyingReplicas,
  migration,
  mappedTasks,
  sdkProcesses,
]
