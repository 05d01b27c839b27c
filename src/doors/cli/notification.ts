import type { Command } from 'commander'
import { systemClock, toIso } from '../../kernel/clock.ts'
import { product } from '../../kernel/product.ts'
import { definitions } from '../../kernel/settings.ts'
import { agreed } from './agreed.ts'
import { createCommand } from './notification-create.ts'
import { fileCommands } from './notification-files.ts'
import { type Ask, allPolicies, findPolicies, inWords, labelOf, type Policy, shortIds, WHICH } from './notification-policies.ts'
import { testCommand } from './notification-test.ts'
import { say, sayJson, sayTable } from './say.ts'

export interface NotificationActions {
  /** Asks the server that the settings name, by GraphQL. */
  readonly ask: Ask
}

const { apiUrl, apiAuthString } = definitions
const JSON_OPTION = ['--json', 'Print JSON, for programs.'] as const

/** Policies of notifications on a running server. */
export function notificationCommands(program: Command, { ask }: NotificationActions): void {
  const notification = program
    .command('notification')
    .description('Who hears of which runs: the notification policies of a running server.')
    .addHelpText(
      'after',
      `
The server is the one at ${apiUrl.name} (or ${apiUrl.aliases[0]}), by default that of this machine.
Where it asks for one, ${apiAuthString.name} is user:password. \`${product.name} config set\` keeps both.`,
    )

  notification
    .command('ls')
    .summary('List the policies.')
    .description('List the policies, newest first: what each does, when it last sent something and what went wrong.')
    .option(...JSON_OPTION)
    .action(async ({ json }: JsonOption) => {
      const policies = await allPolicies(ask)
      if (json) return sayJson(policies)
      if (policies.length === 0)
        return say(`There are no notification policies. Make one: ${product.name} notification create --state Failed --channel <channel>`)
      const ids = shortIds(policies.map(({ id }) => id))
      sayTable([
        ['NAME', 'STATE', 'LAST SENT', 'ID', 'WHAT IT DOES'],
        ...policies.map((policy, index) => [policy.name ?? '-', stateOf(policy), sentOf(policy), ids[index]!, inWords(policy)]),
      ])
    })

  createCommand(notification, ask)

  const change = (verb: 'pause' | 'resume', summary: string, done: string) =>
    notification
      .command(`${verb} <policy...>`)
      .summary(summary)
      .description(`${summary} ${WHICH}`)
      .option(...JSON_OPTION)
      .action(async (which: string[], { json }: JsonOption) => {
        const policies = await findPolicies(ask, which)
        await mutate(ask, verb, policies)
        if (json)
          return sayJson(
            await findPolicies(
              ask,
              policies.map(({ id }) => id),
            ),
          )
        for (const policy of policies) say(`${done} ${labelOf(policy)}.`)
      })
  change('pause', 'Pause policies: they queue nothing; what is queued is sent.', 'Paused')
  change('resume', 'Let paused policies work again, from now on.', 'Resumed')

  notification
    .command('delete <policy...>')
    .summary('Delete policies.')
    .description(`Delete policies; what they have queued and not sent is cancelled. ${WHICH}`)
    .option('-y, --yes', 'Do not ask. Needed where there is no terminal.')
    .option(...JSON_OPTION)
    .action(async (which: string[], { yes, json }: JsonOption & { readonly yes?: boolean }) => {
      const policies = await findPolicies(ask, which)
      if (!(await agreed(yes, `Delete ${policies.map(labelOf).join(', ')}?`))) return say('Nothing was changed.')
      await mutate(ask, 'delete', policies)
      if (json) return sayJson(policies)
      for (const policy of policies) say(`Deleted ${labelOf(policy)}.`)
    })

  testCommand(notification, ask)
  fileCommands(notification, ask)
}

interface JsonOption {
  readonly json?: boolean
}

async function mutate(ask: Ask, verb: 'pause' | 'resume' | 'delete', policies: readonly Policy[]): Promise<void> {
  const input = `${verb[0]!.toUpperCase()}${verb.slice(1)}NotificationPolicyInput`
  const document = `mutation ($input: ${input}!) { ${verb}NotificationPolicy(input: $input) { notificationPolicy { id } } }`
  for (const { id } of policies) await ask(document, { input: { id } })
}

const stateOf = ({ isActive, mutedUntil }: Policy): string => {
  if (!isActive) return 'paused'
  return mutedUntil && mutedUntil > toIso(systemClock.now()) ? `muted until ${mutedUntil.slice(0, 16)}Z` : 'active'
}

const sentOf = ({ lastSentAt, lastError }: Policy): string =>
  `${lastSentAt ? `${lastSentAt.slice(0, 16).replace('T', ' ')}Z` : 'never'}${lastError ? `, then: ${lastError}` : ''}`
