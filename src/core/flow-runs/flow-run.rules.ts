import type { Instant } from '../../kernel/clock.ts'
import type { FlowRunRecord } from '../orchestration/index.ts'
import { isTerminalType } from '../states/index.ts'

type Timed = Pick<FlowRunRecord, 'stateType' | 'stateTimestamp' | 'totalRunTime' | 'startTime' | 'expectedStartTime'>

/** Time spent running, with the stretch under way. */
export const estimatedRunTime = (run: Pick<Timed, 'stateType' | 'stateTimestamp' | 'totalRunTime'>, now: Instant): number =>
  run.stateType === 'RUNNING' ? run.totalRunTime + Math.max(0, now - run.stateTimestamp!) : run.totalRunTime

/** How late the run started, or is. */
export function estimatedStartTimeDelta(run: Timed, now: Instant): number {
  if (run.expectedStartTime === null) return 0
  if (run.startTime !== null) return Math.max(0, run.startTime - run.expectedStartTime)
  const hasEnded = run.stateType !== null && isTerminalType(run.stateType)
  return hasEnded ? 0 : Math.max(0, now - run.expectedStartTime)
}

const adjectives = [
  'amber',
  'brave',
  'calm',
  'deft',
  'eager',
  'fair',
  'gentle',
  'honest',
  'ivory',
  'jolly',
  'keen',
  'lucid',
  'mellow',
  'noble',
  'opal',
  'proud',
  'quiet',
  'rapid',
  'sage',
  'tidy',
  'umber',
  'vivid',
  'warm',
  'zesty',
]
const animals = [
  'adder',
  'badger',
  'crane',
  'dove',
  'egret',
  'falcon',
  'gecko',
  'heron',
  'ibex',
  'jackal',
  'koala',
  'lynx',
  'marten',
  'newt',
  'otter',
  'puma',
  'quail',
  'raven',
  'stork',
  'tapir',
  'urchin',
  'vole',
  'wombat',
  'yak',
]

/** A name people can say, for a run that was given none. */
export const coinName = (random: () => number): string => `${pick(adjectives, random)}-${pick(animals, random)}`

const pick = (words: readonly string[], random: () => number): string => words[Math.floor(random() * words.length)]!
