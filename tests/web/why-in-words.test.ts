import { expect, test } from 'vitest'
import type { WhyFragment } from '../../web/src/generated/graphql.ts'
import { whyInWords } from '../../web/src/pages/flow-runs/why-in-words.ts'
import { tellMomentsIn } from '../../web/src/parts/words.ts'

tellMomentsIn(() => 'UTC')
const now = Date.parse('2026-11-25T16:20:00Z')
const earlier = '2026-11-25T16:16:00.000000Z'
const later = '2026-11-25T16:22:30.000000Z'
const pause = { since: earlier, by: 'Ada', keyset: null, until: null }

test.each<[WhyFragment, string]>([
  [{ __typename: 'WaitingForFirstState', since: earlier }, 'It was made without a state 4m ago, and nobody has given it one.'],
  [{ __typename: 'WaitingForTime', scheduledTime: later }, 'It is due at 16:22:30 (in 2m).'],
  [{ __typename: 'WaitingForTime', scheduledTime: earlier }, 'It has been due since 16:16:00 (4m ago), and nobody has begun it.'],
  [{ __typename: 'Late', scheduledTime: earlier }, 'It has been due since 16:16:00 (4m ago), and nobody has begun it.'],
  [
    { __typename: 'WaitingForRetry', attempt: 2, mostAttempts: 3, retryAt: later },
    'It has failed; attempt 2 of 3 is due at 16:22:30 (in 2m).',
  ],
  [
    { __typename: 'WaitingForRetry', attempt: 2, mostAttempts: null, retryAt: later },
    'It has failed; attempt 2 is due at 16:22:30 (in 2m).',
  ],
  [
    { __typename: 'WaitingForTaskWorker', taskKey: 'mail', since: earlier },
    'No task worker has taken it since 16:16:00 (4m ago): one must serve mail.',
  ],
  [{ __typename: 'Resuming', since: earlier }, 'It was let on at 16:16:00 (4m ago), and is to be started again.'],
  [{ __typename: 'PendingInfrastructure', since: earlier }, 'What it is to run in has been in preparation since 16:16:00 (4m ago).'],
  [{ __typename: 'PendingTask' }, 'It waits for what its arguments come from, or for its turn.'],
  [{ __typename: 'WaitingForFlowRun', until: later }, 'Its flow run is paused, and fails at 16:22:30 (in 2m) unless it is resumed.'],
  [{ __typename: 'Paused', ...pause }, 'Ada has held it in its process since 16:16:00 (4m ago).'],
  [
    { __typename: 'Suspended', ...pause, keyset: {}, until: later },
    'Ada has suspended it since 16:16:00 (4m ago); it waits to be told something, and fails at 16:22:30 (in 2m) unless it is resumed.',
  ],
  [
    { __typename: 'Cancelling', since: earlier, by: 'Ada' },
    'Ada asked it to stop at 16:16:00 (4m ago), and it has not said yet that it has.',
  ],
])('why a run does not run is said in a sentence: %j', (why, words) => {
  expect(whyInWords(why, now)).toBe(words)
})
