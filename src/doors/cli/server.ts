import type { Command } from 'commander'
import { type CheckResult, checkStore } from '../../core/checks/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { definitions } from '../../kernel/settings.ts'
import { backgroundCommands, startInBackground } from './background.ts'
import { type DatabaseActions, databaseCommands } from './database.ts'
import { rekeyCommand } from './rekey.ts'

export interface ServerActions extends DatabaseActions {
  /** Whether a server answers at this address. */
  answersAt(url: string): Promise<boolean>
  /** Where a server with these options is reached from this machine. */
  addressOf(options: Readonly<Record<string, string | undefined>>): string
  startServer(options: Readonly<Record<string, string | undefined>>): Promise<void>
  /** Opens the database that the settings name, without listening, for as long as `use` takes. */
  withDatabase<T>(use: (ctx: Ctx, location: string) => Promise<T>): Promise<T>
}

interface StartOptions {
  readonly host?: string
  readonly port?: string
  readonly allowAnonymous?: boolean
  readonly ui: boolean
  readonly services: boolean
  readonly background?: boolean
}

export function serverCommands(program: Command, actions: ServerActions, home: string): void {
  const site = { home, answersAt: actions.answersAt }
  const server = program.command('server').description('Run the server.')
  server
    .command('start')
    .description('Start the server in the foreground; ctrl+c finishes what is under way and stops it.')
    .option('--host <address>', definitions.host.description)
    .option('--port <number>', definitions.port.description)
    .option('--allow-anonymous', definitions.allowAnonymous.description)
    .option('--no-ui', 'Serve no pages.')
    .option('--no-services', 'Run no background services: nothing is deleted for its age.')
    .option('--background', 'Give the terminal back when the server answers.')
    .action(({ host, port, allowAnonymous, ui, services, background }: StartOptions) => {
      const options = {
        host,
        port,
        allowAnonymous: allowAnonymous ? 'true' : undefined,
        uiEnabled: ui ? undefined : 'false',
        servicesEnabled: services ? undefined : 'false',
      }
      if (!background) return actions.startServer(options)
      const words = process.argv.slice(2).filter(word => word !== '--background')
      return startInBackground(site, actions.addressOf(options), words)
    })
  backgroundCommands(server, site, () => actions.addressOf({}))
  databaseCommands(server, actions)
  rekeyCommand(server, actions)
  server
    .command('check')
    .description('Hold what is stored against the promises of the server, while no server writes to it. Exit code 1 when one is broken.')
    .option('--json', 'Print the results as JSON.')
    .action(({ json = false }: { readonly json?: boolean }) =>
      actions.withDatabase(async (ctx, location) => {
        const results = await checkStore(ctx, {})
        process.stdout.write(json ? `${JSON.stringify({ location, results })}\n` : report(location, results))
        if (results.some(({ violations }) => violations > 0)) process.exitCode = 1
      }),
    )
}

const report = (location: string, results: readonly CheckResult[]): string => `${[location, ...results.flatMap(describe)].join('\n')}\n`

const describe = ({ name, sentence, examined, violations, samples }: CheckResult): string[] => [
  `${violations === 0 ? 'ok    ' : 'BROKEN'} ${name.padEnd(18)} ${violations} of ${examined}  ${sentence}`,
  ...samples.map(sample => `         ${sample}`),
]
