// What a decision about a flow run says, as the tests of the rules compare it.
import type { Decision } from '../../src/core/orchestration/index.ts'
import { noon, second } from './flow-run-facts.ts'

export const deploymentId = '019ab000-0000-7000-8000-0000000000d0'
/** When it is decided: ten seconds after the run came into its state. */
export const now = noon + 10 * second

/** The answer without what is written. */
export const spoken = ({ status, reason, delaySeconds, written }: Decision) => ({
  status,
  reason,
  delaySeconds,
  isWritten: written !== null,
})
export const accepted = { status: 'ACCEPT', reason: null, delaySeconds: null, isWritten: true }
export const aborted = (reason: string) => ({ status: 'ABORT', reason, delaySeconds: null, isWritten: false })
export const rejected = (reason: string) => ({ status: 'REJECT', reason, delaySeconds: null, isWritten: false })
