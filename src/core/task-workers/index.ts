export { TaskWorker } from './task-worker.entity.ts'
export { maybeOffers } from './task-worker.events.ts'
export {
  acknowledgeTaskRun,
  type ClaimAnswer,
  claimTaskRun,
  dismissTaskWorker,
  greetTaskWorker,
  listTaskWorkers,
  WORKER_LEASE_SECONDS,
} from './task-worker.ops.ts'
export type { ConnectedTaskWorker } from './task-worker.rules.ts'
