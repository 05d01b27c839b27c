import type { Command } from 'commander'
import { AppError } from '../../kernel/errors.ts'
import { definitionOf, definitions, loadSettings, type Settings } from '../../kernel/settings.ts'
import { reportSettings } from '../../kernel/settings-report.ts'
import { activeProfile, readProfiles, writeProfiles } from './profile-file.ts'

export interface ConfigSite {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The folder of profiles. */
  readonly home: string
}

export function configCommands(program: Command, site: ConfigSite): void {
  const config = program.command('config').description('Settings of this server and its command line, kept in the active profile.')

  config
    .command('set <name=value...>')
    .description('Keep settings in the active profile. A value that cannot be used is refused, and nothing is kept.')
    .action((assignments: string[]) => {
      const given = Object.fromEntries(assignments.map(parseAssignment))
      changeActive(site, values => ({ ...values, ...given }))
      for (const name of Object.keys(given)) say(`Set ${name} in the profile ${readProfiles(site.home).active}.`)
    })

  config
    .command('unset <name...>')
    .description('Take settings out of the active profile.')
    .action((names: string[]) => {
      const own = names.map(name => known(name).name)
      changeActive(site, values => Object.fromEntries(Object.entries(values).filter(([name]) => !own.includes(name))))
      for (const name of own) say(`Unset ${name}.`)
    })

  config
    .command('view')
    .description('Show the settings that are in force, and the line that points a Prefect client at this server.')
    .option('--show-sources', 'Say where each value comes from.')
    .option('--show-defaults', 'Show those at their defaults too.')
    .option('--show-secrets', 'Show passwords.')
    .action((options: ViewOptions) => {
      const settings = loadSettings(site.environment, {}, activeProfile(site.home))
      for (const line of shown(settings, options)) say(line)
      say(`\n# For a Prefect client:\nprefect config set PREFECT_API_URL="http://127.0.0.1:${settings.port}/api"`)
    })

  config
    .command('validate')
    .description('Check the settings of the environment and of all profiles. Exit code 1 when one cannot be used.')
    .action(() => {
      const problems = [...unknownNames(site), ...unusable(site)]
      for (const problem of problems) say(problem)
      if (problems.length === 0) say('All settings can be used.')
      else process.exitCode = 1
    })
}

interface ViewOptions {
  readonly showSources?: boolean
  readonly showDefaults?: boolean
  readonly showSecrets?: boolean
}

function shown(settings: Settings, { showSources, showDefaults, showSecrets = false }: ViewOptions): string[] {
  return reportSettings(settings, { showsSecrets: showSecrets }).flatMap(({ name, value, source }) =>
    value === null || (source === 'default' && !showDefaults) ? [] : [`${name}='${value}'${showSources ? ` (from ${source})` : ''}`],
  )
}

function parseAssignment(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 1) throw new AppError('INVALID', `${text} is no assignment: NAME=value is expected.`)
  return [known(text.slice(0, at)).name, text.slice(at + 1)]
}

function known(name: string) {
  const definition = definitionOf(name)
  if (!definition)
    throw new AppError(
      'INVALID',
      `There is no setting ${name}. There are: ${Object.values(definitions)
        .map(one => one.name)
        .join(', ')}.`,
    )
  return definition
}

function changeActive(site: ConfigSite, change: (values: Readonly<Record<string, string>>) => Record<string, string>): void {
  const { active, profiles } = readProfiles(site.home)
  const values = change(profiles[active] ?? {})
  loadSettings({}, {}, { name: active, values })
  writeProfiles(site.home, { active, profiles: { ...profiles, [active]: values } })
}

const unknownNames = ({ environment, home }: ConfigSite): string[] => {
  const prefix = definitions.home.name.slice(0, -'HOME'.length)
  const places: (readonly [string, readonly string[]])[] = [
    ['the environment', Object.keys(environment).filter(name => name.startsWith(prefix))],
    ...Object.entries(readProfiles(home).profiles).map(([name, values]) => [`the profile ${name}`, Object.keys(values)] as const),
  ]
  return places.flatMap(([place, names]) => names.filter(name => !definitionOf(name)).map(name => `${name} in ${place} is no setting.`))
}

function unusable({ environment, home }: ConfigSite): string[] {
  const attempts = [
    () => loadSettings(environment),
    ...Object.entries(readProfiles(home).profiles).map(
      ([name, values]) =>
        () =>
          loadSettings({}, {}, { name, values }),
    ),
  ]
  return attempts.flatMap(attempt => {
    try {
      attempt()
      return []
    } catch (error) {
      return [(error as Error).message]
    }
  })
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)
