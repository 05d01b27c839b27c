import type { WhyFragment } from '../../generated/graphql.ts'
import { formatAgo, formatMoment } from '../../parts/words.ts'

/** Why a run does not run, as one would say it. Times are milliseconds since the epoch, by the server's clock. */
export const whyInWords = (why: WhyFragment, now: number): string => {
  const at = (time: string) => `${formatMoment(Date.parse(time), now)} (${formatAgo(Date.parse(time), now)})`
  switch (why.__typename) {
    case 'WaitingForFirstState':
      return `It was made without a state ${formatAgo(Date.parse(why.since), now)}, and nobody has given it one.`
    case 'WaitingForTime':
      return Date.parse(why.scheduledTime) > now
        ? `It is due at ${at(why.scheduledTime)}.`
        : `It has been due since ${at(why.scheduledTime)}, and nobody has begun it.`
    case 'Late':
      return `It has been due since ${at(why.scheduledTime)}, and nobody has begun it.`
    case 'WaitingForRetry':
      return `It has failed; attempt ${why.attempt}${why.mostAttempts == null ? '' : ` of ${why.mostAttempts}`} is due at ${at(why.retryAt)}.`
    case 'WaitingForTaskWorker':
      return `No task worker has taken it since ${at(why.since)}: one must serve ${why.taskKey}.`
    case 'Resuming':
      return `It was let on at ${at(why.since)}, and is to be started again.`
    case 'PendingInfrastructure':
      return `What it is to run in has been in preparation since ${at(why.since)}.`
    case 'PendingTask':
      return 'It waits for what its arguments come from, or for its turn.'
    case 'WaitingForFlowRun':
      return `Its flow run is paused${endOf(why.until, at)}.`
    case 'Paused':
    case 'Suspended':
      return `${why.by} has ${why.__typename === 'Paused' ? 'held it in its process' : 'suspended it'} since ${at(why.since)}${why.keyset == null ? '' : '; it waits to be told something'}${endOf(why.until, at)}.`
    case 'Cancelling':
      return `${why.by} asked it to stop at ${at(why.since)}, and it has not said yet that it has.`
  }
}

const endOf = (until: string | null | undefined, at: (time: string) => string): string =>
  until == null ? '' : `, and fails at ${at(until)} unless it is resumed`
