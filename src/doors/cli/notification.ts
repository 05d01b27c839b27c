import type { Command } from 'commander'
import { product } from '../../kernel/product.ts'
import { definitions } from '../../kernel/settings.ts'
import { agreed } from './agreed.ts'
import { createCommand } from './notification-create.ts'
import { fileCommands } from './notification-files.ts'
import { lsCommand } from './notification-ls.ts'
import { type Ask, findPolicies, labelOf, type Policy, WHICH } from './notification-policies.ts'
import { testCommand } from './notification-test.ts'
import { say, sayJson } from './say.ts'

export interface NotificationActions {
  /** Asks the server that the settings name, by GraphQL. */
  readonly ask: Ask
}

const { apiUrl, apiAuthString } = definitions

/** Policies of notifications on a running server. */
export function notificationCommands(program: Command, { ask }: NotificationActions): void {
  const notification = program
    .command('notification')
    .description('Manage the notification policies of a running server: who is told when a run enters a state.')
    .addHelpText(
      'after',
      `
The server is the one at ${apiUrl.name} (or ${apiUrl.aliases[0]}), by default that of this machine.
If it asks for a user and password, ${apiAuthString.name} is user:password. \`${product.name} config set\` keeps both.`,
    )
  lsCommand(notification, ask)
  createCommand(notification, ask)
  changeCommand(notification, 'pause', 'Pause policies: they queue nothing more; what they have queued is still sent.').action(
    change(ask, 'pause', 'Paused'),
  )
  changeCommand(notification, 'resume', 'Resume paused policies: they tell of what happens from now on.').action(
    change(ask, 'resume', 'Resumed'),
  )
  changeCommand(notification, 'delete', 'Delete policies; what they have queued and not sent is cancelled.')
    .option('-y, --yes', 'Do not ask. Needed where there is no terminal.')
    .action(change(ask, 'delete', 'Deleted'))
  testCommand(notification, ask)
  fileCommands(notification, ask)
}

type Verb = 'pause' | 'resume' | 'delete'

const changeCommand = (notification: Command, verb: Verb, summary: string): Command =>
  notification
    .command(`${verb} <policy...>`)
    .summary(summary)
    .description(`${summary} ${WHICH}`)
    .option('--json', 'Print the policies as JSON, for programs.')

const change =
  (ask: Ask, verb: Verb, done: string) =>
  async (which: string[], { yes, json }: { readonly yes?: boolean; readonly json?: boolean }): Promise<void> => {
    const policies = await findPolicies(ask, which)
    const isMeant = verb !== 'delete' || (await agreed(yes, `Delete ${policies.map(labelOf).join(', ')}?`))
    if (!isMeant) return say('Nothing was changed.')
    for (const policy of policies) {
      await mutate(ask, verb, policy)
      if (!json) say(`${done} ${labelOf(policy)}.`)
    }
    if (!json) return
    const ids = policies.map(({ id }) => id)
    sayJson(verb === 'delete' ? policies : await findPolicies(ask, ids))
  }

async function mutate(ask: Ask, verb: Verb, { id }: Policy): Promise<void> {
  const input = `${verb[0]!.toUpperCase()}${verb.slice(1)}NotificationPolicyInput`
  await ask(`mutation ($input: ${input}!) { ${verb}NotificationPolicy(input: $input) { notificationPolicy { id } } }`, { input: { id } })
}
