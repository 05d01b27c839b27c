import { type Command, InvalidArgumentError } from 'commander'
import { type Ask, findPolicies, labelOf, WHICH } from './notification-policies.ts'
import { isId } from './notification-words.ts'
import { say, sayJson, sayTable } from './say.ts'

interface Answer {
  readonly channelId: string
  readonly outcome: 'DELIVERED' | 'FAILED' | 'RETRY'
  readonly status: number | null
  readonly latencyMilliseconds: number
  readonly excerpt: string | null
  readonly error: string | null
}

const SEND = `mutation ($input: SendTestNotificationInput!) {
  sendTestNotification(input: $input) { answers { channelId outcome status latencyMilliseconds excerpt error } }
}`

const outcomes = { DELIVERED: 'delivered', FAILED: 'refused', RETRY: 'failed, would be tried again' } as const

export function testCommand(notification: Command, ask: Ask): void {
  notification
    .command('test <policy>')
    .summary('Really send a test, and print what the channels answered.')
    .description(
      `Really send a message of a policy to its channels, marked as a test, and print what they answered. ${WHICH} Exit code 1 when a channel did not take it.`,
    )
    .option('--run <id>', 'About this flow run, by its id. Default: a made-up one.', runId)
    .option('--json', 'Print JSON, for programs.')
    .action(async (which: string, { run, json }: { readonly run?: string; readonly json?: boolean }) => {
      const [policy] = await findPolicies(ask, [which])
      const { channelIds, subjectTemplate, messageTemplate, sentence } = policy!
      const input = { channelIds, subjectTemplate, messageTemplate, flowRunId: run }
      const { answers } = (await ask<{ readonly sendTestNotification: { readonly answers: readonly Answer[] } }>(SEND, { input }))
        .sendTestNotification
      if (answers.some(({ outcome }) => outcome !== 'DELIVERED')) process.exitCode = 1
      if (json) return sayJson(answers)
      const nameOf = (id: string) => sentence.find(part => part.kind === 'CHANNEL' && part.id === id)?.text ?? id
      say(`Sent a test of ${labelOf(policy!)}.\n`)
      sayTable([
        ['CHANNEL', 'OUTCOME', 'STATUS', 'TOOK', 'ANSWER'],
        ...answers.map(({ channelId, outcome, status, latencyMilliseconds, excerpt, error }) => [
          nameOf(channelId),
          outcomes[outcome],
          status === null ? '-' : String(status),
          `${latencyMilliseconds} ms`,
          [error, excerpt].filter(Boolean).join(' ').replaceAll(/\s+/g, ' ').trim(),
        ]),
      ])
    })
}

function runId(text: string): string {
  if (isId(text)) return text
  throw new InvalidArgumentError('The whole id of a flow run is expected.')
}
