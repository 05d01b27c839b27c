import { Command } from 'commander'
import { product } from '../../kernel/product.ts'
import { type ConfigSite, configCommands } from './config.ts'
import { type NotificationActions, notificationCommands } from './notification.ts'
import { profileCommands } from './profile.ts'
import { type ServerActions, serverCommands } from './server.ts'

/** The command line: one file per group, each translating to what main.ts hands in. */
export function createCli(actions: ServerActions & NotificationActions, site: ConfigSite): Command {
  const program = new Command(product.name)
    .description(`${product.title}: a self-hosted workflow-orchestration server.`)
    .version(product.version)
  serverCommands(program, actions, site.home)
  notificationCommands(program, actions)
  configCommands(program, site)
  profileCommands(program, site.home)
  return program
}

export { activeProfile } from './profile-file.ts'
