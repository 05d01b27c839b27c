import type { Command } from 'commander'
import { definitions } from '../../kernel/settings.ts'

export interface ServerActions {
  startServer(options: Readonly<Record<string, string | undefined>>): Promise<void>
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
}
