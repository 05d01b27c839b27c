import { abort, only, type SharedRule } from '../rule.ts'

/** A run is claimed once: what is pending, running or cancelled cannot become pending. While pending it may say more exactly what it waits for. */
export const preventPendingTransitions: SharedRule = {
  name: 'prevent-pending-transitions',
  from: only('PENDING', 'RUNNING', 'CANCELLING', 'CANCELLED'),
  to: only('PENDING'),
  decide({ from, to }) {
    const isFinerName = from!.type === 'PENDING' && to.name !== 'Pending' && to.name !== from!.name
    if (!isFinerName) return abort(`This run is in a ${from!.type} state and cannot transition to a PENDING state.`)
    const { scheduled_time = null, deployment_concurrency_lease_id = null } = from!.details
    return { is: 'amend', state: { ...to, details: { ...to.details, scheduled_time, deployment_concurrency_lease_id } } }
  },
}
