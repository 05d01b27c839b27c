import { only, type TaskRule } from '../rule.ts'

/** A task that runs in the background finds its parameters under the id that its first state bears. */
export const copyTaskParameters: TaskRule = {
  name: 'copy-task-parameters',
  from: only('SCHEDULED', 'PENDING'),
  to: only('PENDING', 'RUNNING'),
  decide({ from, to }) {
    const id = from!.details.task_parameters_id
    return id ? { is: 'amend', state: { ...to, details: { ...to.details, task_parameters_id: id } } } : undefined
  },
}
