import type { Command } from 'commander'
import { type CheckResult, checkStore } from '../../core/checks/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { definitions } from '../../kernel/settings.ts'
import { type DatabaseActions, databaseCommands } from './database.ts'

export interface ServerActions extends DatabaseActions {
  startServer(options: Readonly<Record<string, string | undefined>>): Promise<void>
  /** Opens the database that the settings name, without listening, for as long as `use` takes. */
  withDatabase<T>(use: (ctx: Ctx, location: string) => Promise<T>): Promise<T>
}

interface StartOptions {
  readonly host?: string
  readonly port?: string
  readonly allowAnonymous?: boolean
}

export function serverCommands(program: Command, actions: ServerActions): void {
  const server = program.command('server').description('Run the server.')
  server
    .command('start')
    .description('Start the server in the foreground; ctrl+c finishes what is under way and stops it.')
    .option('--host <address>', definitions.host.description)
    .option('--port <number>', definitions.port.description)
    .option('--allow-anonymous', definitions.allowAnonymous.description)
    .action(({ host, port, allowAnonymous }: StartOptions) =>
      actions.startServer({ host, port, allowAnonymous: allowAnonymous ? 'true' : undefined }),
    )
  databaseCommands(server, actions)
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
