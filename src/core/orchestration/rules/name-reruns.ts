import { isTerminal } from '../../states/index.ts'
import { anyStateOrNone, only, type TaskRule } from '../rule.ts'

/** A task that runs once more says so. After an end it starts from the beginning. */
export const nameReruns: TaskRule = {
  name: 'name-reruns',
  from: anyStateOrNone,
  to: only('RUNNING'),
  decide({ run, from, to }) {
    if (from === null || isTerminal(from) || run.runCount === 0) return undefined
    return { is: 'amend', state: { ...to, name: from.name === 'AwaitingRetry' ? 'Retrying' : 'Rerunning' } }
  },
}
