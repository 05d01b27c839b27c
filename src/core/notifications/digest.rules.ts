import type { NotificationDeliveryRecord } from './delivery.entity.ts'
import { inWords } from './message-template.ts'
import { flowRunUrl, type Place, timeText } from './message-variables.ts'

type Held = Pick<NotificationDeliveryRecord, 'flowRunId' | 'flowRunName' | 'flowName' | 'stateName' | 'stateTimestamp'>

const MOST_LINKS = 10

/** What a digest says: how many, of which flows and states, from when to when, and where the newest of them are. */
export function composeDigest(held: readonly Held[], place: Place): { readonly subject: string; readonly body: string } {
  const runCount = new Set(held.map(({ flowRunId }) => flowRunId)).size
  const counts = [...Map.groupBy(held, ({ flowName, stateName }) => `${flowName}: ${inWords(stateName)}`)]
    .map(([words, ones]) => ({ words, count: ones.length }))
    .sort((one, other) => other.count - one.count)
  const times = held.map(({ stateTimestamp }) => stateTimestamp)
  const [from, until] = [Math.min(...times), Math.max(...times)].map(time => timeText(time, place.timeZone))
  const newest = held.toReversed().slice(0, MOST_LINKS)
  const left = held.length - newest.length
  return {
    subject: `${counted(runCount)}: ${counts.length === 1 ? counts[0]!.words : `${counts[0]!.words} and more`}`,
    body: [
      `${counted(runCount)} ${from === until ? `at ${from}` : `between ${from} and ${until}`}:`,
      '',
      ...counts.map(({ words, count }) => `${count} × ${words}`),
      '',
      ...newest.map(({ flowRunId, flowRunName }) => `${flowRunName}: ${flowRunUrl(place, flowRunId)}`),
      ...(left > 0 ? [`and ${left} more.`] : []),
    ].join('\n'),
  }
}

const counted = (count: number): string => `${count} more flow ${count === 1 ? 'run' : 'runs'}`
