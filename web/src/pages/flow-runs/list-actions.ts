import { request } from '../../client.ts'
import {
  CancelFlowRunsDocument,
  DeleteFlowRunsDocument,
  type FlowRunActionAnswerFragment,
  type FlowRunFilter,
  PauseFlowRunsDocument,
  ResumeFlowRunsDocument,
  RetryFlowRunsDocument,
  type StateType,
  SuspendFlowRunsDocument,
  TagFlowRunsDocument,
} from '../../generated/graphql.ts'
import type { IconName } from '../../parts/Icon.svelte'
import type { Run } from './live-list.ts'

/** Runs by hand, or all that a filter means. */
export type Which = { ids: readonly string[] } | { filter: FlowRunFilter }

export interface Answer {
  matched: number
  isExact: boolean
  /** With how many of them it can be done. */
  eligible: number
  done: number
  /** Those with which it cannot be done, or was not; the first of them. */
  refused: readonly { id: string; name: string; reason: string }[]
  /** What is beyond the server, though it was done. */
  caveats: readonly string[]
  /** Those that are gone from the server. */
  deleted: readonly string[]
}

interface Input {
  ids?: string[]
  filter?: FlowRunFilter
  dryRun: boolean
}

export interface Action {
  verb: string
  /** As it is told when it is done: "Cancelled 3 runs". */
  past: string
  icon: IconName
  /** The kinds of states from which it makes sense; any where left out. The server has the last word. */
  from?: readonly StateType[]
  /** What it means, as a sentence of the dialog. */
  consequence: string
  needsTags?: boolean
  ask: (input: Input, tags: string[]) => Promise<Answer>
}

type ActionDocument = typeof RetryFlowRunsDocument | typeof CancelFlowRunsDocument

const by =
  (document: ActionDocument): Action['ask'] =>
  async input =>
    answerOf((await request(document, { input })).answer)

const ended = ['COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED'] as const

export const actions: readonly Action[] = [
  {
    verb: 'Retry',
    past: 'Retried',
    icon: 'retry',
    from: ended,
    consequence: 'They are scheduled to run again now, each as the same run.',
    ask: by(RetryFlowRunsDocument),
  },
  {
    verb: 'Cancel',
    past: 'Cancelled',
    icon: 'cancel',
    from: ['SCHEDULED', 'PENDING', 'RUNNING', 'PAUSED'],
    consequence: 'They are asked to stop. What has not begun will not begin.',
    ask: by(CancelFlowRunsDocument),
  },
  {
    verb: 'Pause',
    past: 'Paused',
    icon: 'pause',
    from: ['RUNNING'],
    consequence: 'They are held where they are, for at most an hour. Their processes wait.',
    ask: by(PauseFlowRunsDocument),
  },
  {
    verb: 'Suspend',
    past: 'Suspended',
    icon: 'clock',
    from: ['RUNNING'],
    consequence: 'They are held without a process, for at most an hour. Resumed, they start anew.',
    ask: by(SuspendFlowRunsDocument),
  },
  {
    verb: 'Resume',
    past: 'Resumed',
    icon: 'play',
    from: ['PAUSED'],
    consequence: 'They go on from where they were held.',
    ask: by(ResumeFlowRunsDocument),
  },
  {
    verb: 'Tag',
    past: 'Tagged',
    icon: 'plus',
    needsTags: true,
    consequence: 'The tags are added to those the runs carry.',
    ask: async (input, add) => answerOf((await request(TagFlowRunsDocument, { input: { ...input, add } })).answer),
  },
  {
    verb: 'Delete',
    past: 'Deleted',
    icon: 'bin',
    consequence: 'Their states and their log lines go with them. This cannot be undone.',
    async ask(input) {
      const { answer } = await request(DeleteFlowRunsDocument, { input })
      const { matchedCount: matched, isMatchedCountExact: isExact, deletedIds: deleted } = answer
      return { matched, isExact, eligible: matched, done: deleted.length, refused: [], caveats: [], deleted }
    },
  },
]

const answerOf = ({ results, refusals, ...counts }: FlowRunActionAnswerFragment): Answer => {
  const refused = results.filter(({ status }) => status !== 'ACCEPT')
  return {
    matched: counts.matchedCount,
    isExact: counts.isMatchedCountExact && counts.isEligibleCountExact,
    eligible: counts.eligibleCount,
    done: results.length - refused.length,
    refused: [...refused, ...refusals].map(({ flowRun, reason }) => ({ ...flowRun, reason: reason ?? 'It was refused without a reason.' })),
    caveats: [...new Set(results.flatMap(({ caveat }) => caveat ?? []))],
    deleted: [],
  }
}

export const fits = ({ from }: Action, { stateType }: Run): boolean => from === undefined || (stateType != null && from.includes(stateType))

/** Asks with how many it would be done, and does nothing. */
export const estimate = (action: Action, which: Which, tags: string[]): Promise<Answer> =>
  action.ask({ ...inputOf(which), dryRun: true }, tags)

const inputOf = (which: Which) => ('ids' in which ? { ids: [...which.ids] } : which)

interface Watch {
  progress: (done: number) => void
  /** Asked before each step. */
  isStopped: () => boolean
}

/** Does it with one page of runs after the other, and answers for all of them. */
export const perform = async (
  action: Action,
  pages: AsyncIterable<readonly string[]>,
  tags: string[],
  { progress, isStopped }: Watch,
): Promise<Answer> => {
  let total: Answer = { matched: 0, isExact: true, eligible: 0, done: 0, refused: [], caveats: [], deleted: [] }
  for await (const ids of pages) {
    if (isStopped()) break
    total = sumOf(total, await action.ask({ ids: [...ids], dryRun: false }, tags))
    progress(total.done)
  }
  return total
}

const sumOf = (one: Answer, other: Answer): Answer => ({
  matched: one.matched + other.matched,
  isExact: true,
  eligible: one.eligible + other.eligible,
  done: one.done + other.done,
  refused: [...one.refused, ...other.refused],
  caveats: [...new Set([...one.caveats, ...other.caveats])],
  deleted: [...one.deleted, ...other.deleted],
})
