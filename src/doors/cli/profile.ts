import type { Command } from 'commander'
import { AppError } from '../../kernel/errors.ts'
import { definitionOf } from '../../kernel/settings.ts'
import { type Profiles, readProfiles, writeProfiles } from './profile-file.ts'

/** Named sets of settings. */
export function profileCommands(program: Command, home: string): void {
  const profile = program.command('profile').description('Named sets of settings, one of them active.')
  const change = (run: (profiles: Profiles) => Profiles) => writeProfiles(home, run(readProfiles(home)))

  profile
    .command('ls')
    .description('List profiles; the active one has a star.')
    .action(() => {
      const { active, profiles } = readProfiles(home)
      for (const name of Object.keys(profiles).sort()) say(`${name === active ? '*' : ' '} ${name}`)
    })

  profile
    .command('create <name>')
    .description('Make a profile.')
    .option('--from <name>', 'Begin with the settings of this one.')
    .action((name: string, { from }: { readonly from?: string }) => {
      change(all => {
        if (name in all.profiles) throw new AppError('CONFLICT', `A profile ${name} exists already.`)
        return { ...all, profiles: { ...all.profiles, [name]: from === undefined ? {} : existing(all, from) } }
      })
      say(`Created the profile ${name}. Use it: profile use ${name}`)
    })

  profile
    .command('use <name>')
    .description('Make a profile the active one.')
    .action((name: string) => {
      change(all => {
        existing(all, name)
        return { ...all, active: name }
      })
      say(`The profile ${name} is active.`)
    })

  profile
    .command('delete <name>')
    .description('Delete a profile that is not active.')
    .action((name: string) => {
      change(all => {
        existing(all, name)
        if (name === all.active) throw new AppError('CONFLICT', `The profile ${name} is active. Use another one first.`)
        return { ...all, profiles: Object.fromEntries(Object.entries(all.profiles).filter(([other]) => other !== name)) }
      })
      say(`Deleted the profile ${name}.`)
    })

  profile
    .command('rename <name> <newName>')
    .description('Give a profile another name.')
    .action((name: string, newName: string) => {
      change(all => {
        const values = existing(all, name)
        if (newName in all.profiles) throw new AppError('CONFLICT', `A profile ${newName} exists already.`)
        const others = Object.entries(all.profiles).filter(([other]) => other !== name)
        return { active: all.active === name ? newName : all.active, profiles: Object.fromEntries([...others, [newName, values]]) }
      })
      say(`Renamed the profile ${name} to ${newName}.`)
    })

  profile
    .command('inspect [name]')
    .description('Show what a profile keeps; the active one by default. Passwords are not shown.')
    .action((name?: string) => {
      const all = readProfiles(home)
      for (const [key, value] of Object.entries(existing(all, name ?? all.active)))
        say(`${key}='${definitionOf(key)?.isSecret ? '********' : value}'`)
    })
}

function existing(all: Profiles, name: string): Readonly<Record<string, string>> {
  const values = all.profiles[name]
  if (!values) throw new AppError('NOT_FOUND', `There is no profile ${name}. There are: ${Object.keys(all.profiles).sort().join(', ')}.`)
  return values
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
