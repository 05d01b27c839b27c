// Written by `npm run lists` from the files beside it. Not edited by hand.
import { first } from './0001-first.ts'
import { variables } from './0002-variables.ts'
import { flowRunInputs } from './0003-flow-run-inputs.ts'
import { flowRunsById } from './0004-flow-runs-by-id.ts'
import { rollups } from './0005-rollups.ts'
import { rollupScopes } from './0006-rollup-scopes.ts'
import { listIndexes } from './0007-list-indexes.ts'
import { taskRuns } from './0008-task-runs.ts'
import { history } from './0009-history.ts'
import { artifacts } from './0010-artifacts.ts'
import { verbatimJson } from './0011-verbatim-json.ts'
import { notificationPolicies } from './0012-notification-policies.ts'
import { blocks } from './0013-blocks.ts'
import { taskWorkers } from './0014-task-workers.ts'
import { savedViews } from './0015-saved-views.ts'
import { notificationOutbox } from './0016-notification-outbox.ts'
import { claimableTaskRuns } from './0017-claimable-task-runs.ts'
import { rollupBlocks } from './0018-rollup-blocks.ts'
import { taskRunRollups } from './0019-task-run-rollups.ts'
import type { Revision } from './revision.ts'

/** All revisions, oldest first. One that has landed is never edited. */
export const revisions: readonly Revision[] = [first, variables, flowRunInputs, flowRunsById, rollups, rollupScopes, listIndexes, taskRuns, history, artifacts, verbatimJson, notificationPolicies, blocks, taskWorkers, savedViews, notificationOutbox, claimableTaskRuns, rollupBlocks, taskRunRollups]
