import { type Command, InvalidArgumentError, Option } from 'commander'
import { typeOfName } from '../../core/states/index.ts'
import { AppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'
import { type Ask, inWords, labelOf, POLICY, type Policy } from './notification-policies.ts'
import { CHANNEL_FORMS, gather, readChannelWord, readStateWords, readTextWord } from './notification-words.ts'
import { say, sayJson } from './say.ts'

interface CreateOptions {
  readonly name?: string
  readonly channel: readonly string[]
  readonly state?: readonly string[]
  readonly tag?: readonly string[]
  readonly flow?: readonly string[]
  readonly deployment?: readonly string[]
  readonly subject?: string
  readonly message?: string
  readonly groupBy?: string
  readonly groupWait?: number
  readonly repeatInterval?: number
  readonly maxPerWindow?: number
  readonly window?: number
  readonly resolve?: boolean
  readonly paused?: boolean
  readonly json?: boolean
}

const EXAMPLES = `
${CHANNEL_FORMS}

Examples
  ${product.name} notification create --name nightly --state failed --state Late --tag nightly --channel slack-webhook/alerts
  ${product.name} notification create --state crashed --deployment etl/nightly --channel on-call=@/run/secrets/pagerduty --group-by flow`

const CREATE = `mutation ($input: CreateNotificationPolicyInput!) {
  createNotificationPolicy(input: $input) { notificationPolicy { ${POLICY} } }
}`

interface Created {
  readonly createNotificationPolicy: { readonly notificationPolicy: Policy }
}

export function createCommand(notification: Command, ask: Ask): void {
  notification
    .command('create')
    .summary('Make a policy, and channels for it.')
    .description(
      'Make a policy: when a run enters one of the states, the channels are told. Options that name channels, states, tags, flows or deployments may be repeated.',
    )
    .requiredOption('-c, --channel <channel>', 'Channel to tell, 1 to 10 of them; see below.', gather)
    .option('-n, --name <name>', 'Name of the policy, by which other commands and files know it. Default: none.')
    .option('-s, --state <state>', 'Type of state (failed) or name of a state (Failed, AwaitingRetry). Default: any state.', gather)
    .option('-t, --tag <tag>', 'Only runs with any of these tags. Default: all.', gather)
    .option('-f, --flow <name>', 'Only runs of these flows. Default: all.', gather)
    .option('-d, --deployment <flow/name>', 'Only runs of these deployments. Default: all.', gather)
    .option('--subject <template>', 'Template of the subject, or @file. Default: the built-in one.')
    .option('--message <template>', 'Template of the message, or @file. Default: the built-in one.')
    .addOption(
      new Option('--group-by <what>', 'Tell of the first run of each at once, and of further ones in digests. Default: none.').choices([
        'none',
        'flow',
        'deployment',
        'tag',
      ]),
    )
    .option('--group-wait <seconds>', 'How long to gather further runs of a group for a digest. Default: 30.', wholeNumber)
    .option('--repeat-interval <seconds>', 'Shortest time between two messages about a group. Default: 300.', wholeNumber)
    .option('--max-per-window <count>', 'Most messages within a window; the rest is told in a digest. Default: no limit.', wholeNumber)
    .option('--window <seconds>', 'Length of that window. Default: 3600.', wholeNumber)
    .option('--resolve', 'Also tell when the flow next completes, and resolve its incident.')
    .option('--paused', 'Make it paused: it sends nothing until it is resumed.')
    .option('--json', 'Print JSON, for programs.')
    .addHelpText('after', EXAMPLES)
    .action(async (options: CreateOptions) => {
      const { createNotificationPolicy } = await ask<Created>(CREATE, { input: await inputFrom(ask, options) })
      const policy = createNotificationPolicy.notificationPolicy
      if (options.json) return sayJson(policy)
      say(`Created ${labelOf(policy)}.\n${inWords(policy)}.`)
      for (const name of policy.stateNames.filter(name => typeOfName(name) === null))
        say(`Note: ${name} is no state that every flow knows. It matches where a flow names a state so itself.`)
    })
}

const inputFrom = async (ask: Ask, options: CreateOptions) => ({
  name: options.name,
  channels: options.channel.map(readChannelWord),
  ...readStateWords(options.state ?? []),
  tags: options.tag,
  flowIds: await flowIds(ask, options.flow ?? []),
  deploymentIds: await deploymentIds(ask, options.deployment ?? []),
  subjectTemplate: options.subject && readTextWord(options.subject),
  messageTemplate: options.message && readTextWord(options.message),
  groupBy: options.groupBy?.toUpperCase(),
  groupWaitSeconds: options.groupWait,
  repeatIntervalSeconds: options.repeatInterval,
  maxPerWindow: options.maxPerWindow,
  windowSeconds: options.window,
  resolveOnCompletion: options.resolve,
  isActive: !options.paused,
})

interface Named {
  readonly id: string
  readonly name: string
  readonly flow?: { readonly name: string }
}

async function flowIds(ask: Ask, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return []
  const { flows } = await ask<{ readonly flows: { readonly nodes: readonly Named[] } }>(
    'query ($names: [String!]) { flows(first: 200, filter: { names: $names }) { nodes { id name } } }',
    { names },
  )
  return names.map(name =>
    idOf(
      'flow',
      name,
      flows.nodes.find(flow => flow.name === name),
    ),
  )
}

async function deploymentIds(ask: Ask, wholes: readonly string[]): Promise<string[]> {
  if (wholes.length === 0) return []
  const parts = wholes.map(whole => whole.split('/'))
  const filter = { flowNames: parts.map(([flow]) => flow), names: parts.map(([, name = '']) => name) }
  const document = `query ($filter: DeploymentFilter) { deployments(first: 200, filter: $filter) { nodes { id name flow { name } } } }`
  const { deployments } = await ask<{ readonly deployments: { readonly nodes: readonly Named[] } }>(document, { filter })
  const find = (whole: string) => deployments.nodes.find(({ name, flow }) => `${flow!.name}/${name}` === whole)
  return wholes.map(whole => idOf('deployment', whole, find(whole)))
}

function idOf(noun: string, name: string, found: Named | undefined): string {
  if (found) return found.id
  throw new AppError('NOT_FOUND', `There is no ${noun} ${name}.${noun === 'deployment' && !name.includes('/') ? ' Write flow/name.' : ''}`)
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A whole number is expected.')
}
