import type { Command } from 'commander'
import { agreed } from './agreed.ts'

export interface DatabaseActions {
  /** Opens the database that the settings name for maintenance; refused while a server uses a SQLite file. */
  withMaintenance(use: (maintenance: Maintenance) => Promise<void>): Promise<void>
}

export interface Maintenance {
  readonly location: string
  history(): Promise<readonly { readonly name: string; readonly isApplied: boolean }[]>
  planUpgrade(revision?: string): Promise<Plan>
  planDowngrade(revision?: string): Promise<Plan>
  migrate(plan: Plan): Promise<void>
  reset(): Promise<void>
}

interface Plan {
  readonly direction: 'up' | 'down'
  readonly steps: readonly string[]
  readonly target: string | null
}

interface MigrateOptions {
  readonly revision?: string
  readonly yes?: boolean
  readonly dryRun?: boolean
}

const revisionHelp = 'a revision’s name or a prefix only it has'

export function databaseCommands(server: Command, actions: DatabaseActions): void {
  const database = server.command('database').description('Look after the database that the settings name.')

  database
    .command('upgrade')
    .description('Apply revisions of the schema.')
    .option('-r, --revision <revision>', `Up to this one: head, +N, or ${revisionHelp}.`, 'head')
    .option('-y, --yes', 'Do not ask.')
    .option('--dry-run', 'Say what would be done, and do nothing.')
    .action((options: MigrateOptions) => actions.withMaintenance(async it => carryOut(it, await it.planUpgrade(options.revision), options)))

  database
    .command('downgrade')
    .description('Take revisions of the schema back. What only the newer schema can hold is lost.')
    .option('-r, --revision <revision>', `Down to this one, which stays: -N, base, or ${revisionHelp}.`, '-1')
    .option('-y, --yes', 'Do not ask.')
    .option('--dry-run', 'Say what would be done, and do nothing.')
    .action((options: MigrateOptions) =>
      actions.withMaintenance(async it => carryOut(it, await it.planDowngrade(options.revision), options)),
    )

  database
    .command('reset')
    .description('Delete everything and lay the schema anew.')
    .option('-y, --yes', 'Do not ask.')
    .action(({ yes }: MigrateOptions) =>
      actions.withMaintenance(async it => {
        if (!(await agreed(yes, `Delete everything in ${it.location}?`))) return say('Nothing was changed.')
        await it.reset()
        say(`${it.location} is empty, at the newest revision.`)
      }),
    )

  database
    .command('history')
    .description('List the revisions of the schema, oldest first, and which are applied.')
    .action(() =>
      actions.withMaintenance(async it => {
        for (const { name, isApplied } of await it.history()) say(`${isApplied ? 'applied' : 'pending'}  ${name}`)
      }),
    )
}

async function carryOut(maintenance: Maintenance, plan: Plan, { yes, dryRun }: MigrateOptions): Promise<void> {
  const verb = plan.direction === 'up' ? 'Apply' : 'Take back'
  if (plan.steps.length === 0) return say(`${maintenance.location} is at ${plan.target ?? 'base'} already.`)
  for (const step of plan.steps) say(`${verb} ${step}`)
  if (dryRun) return say('Nothing was changed: this was a dry run.')
  if (!(await agreed(yes, `Change ${maintenance.location}?`))) return say('Nothing was changed.')
  await maintenance.migrate(plan)
  say(`${maintenance.location} is at ${plan.target ?? 'base'}.`)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
