import type { Command } from 'commander'
import { rekeySecrets } from '../../core/blocks/index.ts'
import { describeEncryption } from '../../core/secrets/index.ts'
import type { Ctx } from '../../kernel/context.ts'
import { definitions } from '../../kernel/settings.ts'

export interface RekeyActions {
  withDatabase<T>(use: (ctx: Ctx, location: string) => Promise<T>): Promise<T>
}

export function rekeyCommand(server: Command, { withDatabase }: RekeyActions): void {
  server
    .command('rekey')
    .description(
      'Seal all secrets with a new key: on SQLite one that is made, while no server runs; else the first of those that the settings give. May be stopped and gone on with.',
    )
    .action(() => withDatabase(rekey))
}

async function rekey(ctx: Ctx, location: string): Promise<void> {
  const before = await describeEncryption(ctx, {})
  if (before.inUse.length === 0) return say(`${location} holds no secret.`)
  if (before.isSettled && !ctx.house.keys.canMake)
    return say(
      `All secrets of ${location} are sealed with the key ${before.own[0]}. For another, put it before this one: ${definitions.encryptionKey.name}=<new>,<old>`,
    )
  const resealed = await rekeySecrets(ctx, done => say(`${done} sealed anew`))
  const { own, source } = await describeEncryption(ctx, {})
  say(
    `All secrets of ${location} are sealed with the key ${own[0]} (${source}); ${resealed} were sealed anew. Older keys are no longer needed.`,
  )
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
