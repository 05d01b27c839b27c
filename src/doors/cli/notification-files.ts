import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { AppError } from '../../kernel/errors.ts'
import { product } from '../../kernel/product.ts'
import { agreed } from './agreed.ts'
import { type Plan, planLines, problemLines, summaryOf } from './notification-plan.ts'
import type { Ask } from './notification-policies.ts'
import { say, sayJson } from './say.ts'

interface FileOptions {
  readonly prune?: boolean
  readonly json?: boolean
  readonly yes?: boolean
  readonly plan?: string
}

const PLAN = `fingerprint steps { action policyId name line changes { field before after } } problems { line column path message }`
const APPLY = `mutation ($input: ApplyNotificationPoliciesInput!) { applyNotificationPolicies(input: $input) { plan { ${PLAN} } } }`
const PRUNE = ['--prune', 'Delete policies that the file does not have. Default: they stay.'] as const
const JSON_OPTION = ['--json', 'Print JSON, for programs.'] as const

/** Policies as code. */
export function fileCommands(notification: Command, ask: Ask): void {
  notification
    .command('export')
    .summary('Print all policies as a YAML file.')
    .description('Print all policies as one YAML file, for plan and apply: without ids, and without secrets, which stay with the channels.')
    .action(async () => {
      const { notificationPoliciesYaml } = await ask<{ readonly notificationPoliciesYaml: string }>('{ notificationPoliciesYaml }')
      process.stdout.write(notificationPoliciesYaml)
    })

  notification
    .command('plan <file>')
    .summary('Show what apply would change.')
    .description(
      'Show what apply would change with a file of policies (- reads the standard input), field by field, and change nothing. Exit code 0 when there is nothing to do, 2 when there are changes, 1 when the file cannot be used.',
    )
    .option(...PRUNE)
    .option(...JSON_OPTION)
    .action(async (file: string, options: FileOptions) => {
      const plan = await planOf(ask, read(file), options)
      if (options.json) sayJson(plan)
      if (refused(plan, file, options)) return
      const hasChanges = isChange(plan)
      if (hasChanges) process.exitCode = 2
      if (options.json) return
      show(plan)
      if (hasChanges)
        say(`\nApply it: ${product.name} notification apply ${file}${options.prune ? ' --prune' : ''} --plan ${plan.fingerprint}`)
    })

  notification
    .command('apply <file>')
    .summary('Make the policies what a file says.')
    .description(
      'Make the policies what a file says (- reads the standard input): all of it, or nothing. Shows the plan and asks first. With --plan it carries out exactly the plan that was looked at, and refuses when it would do something else by now.',
    )
    .option(...PRUNE)
    .option('--plan <fingerprint>', 'Carry out this plan, and do not ask.')
    .option('-y, --yes', 'Do not ask. This or --plan is needed where there is no terminal.')
    .option(...JSON_OPTION)
    .action((file: string, options: FileOptions) => apply(ask, file, options))
}

async function apply(ask: Ask, file: string, options: FileOptions): Promise<void> {
  const yaml = read(file)
  const plan = await planOf(ask, yaml, options)
  const isNothingToDo = plan.problems.length === 0 && !isChange(plan)
  if (options.json && (plan.problems.length > 0 || isNothingToDo)) sayJson(plan)
  if (refused(plan, file, options)) return
  if (!options.json && (!options.plan || isNothingToDo)) show(plan)
  if (isNothingToDo) return
  if (!(await agreed(options.yes || options.plan !== undefined, 'Apply this?'))) return say('Nothing was changed.')
  const input = { yaml, fingerprint: options.plan ?? plan.fingerprint, prune: options.prune ?? false }
  const { applyNotificationPolicies: applied } = await ask<{ readonly applyNotificationPolicies: { readonly plan: Plan } }>(APPLY, {
    input,
  })
  if (options.json) return sayJson(applied.plan)
  say(options.plan ? `Applied: ${summaryOf(applied.plan)}` : 'Applied.')
}

const isChange = ({ steps }: Plan): boolean => steps.some(({ action }) => action !== 'UNCHANGED')

async function planOf(ask: Ask, yaml: string, { prune = false }: FileOptions): Promise<Plan> {
  const document = `query ($yaml: String!, $prune: Boolean) { planNotificationPolicies(yaml: $yaml, prune: $prune) { ${PLAN} } }`
  return (await ask<{ readonly planNotificationPolicies: Plan }>(document, { yaml, prune })).planNotificationPolicies
}

/** Says what is wrong with the file where compilers say it. */
function refused({ problems }: Plan, file: string, { json }: FileOptions): boolean {
  if (problems.length === 0) return false
  process.exitCode = 1
  if (!json) process.stderr.write(`${problemLines(problems, file === '-' ? '<stdin>' : file).join('\n')}\n`)
  return true
}

function show(plan: Plan): void {
  for (const line of planLines(plan)) say(line)
  say(summaryOf(plan))
}

function read(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new AppError('INVALID', `${file} cannot be read: ${(cause as Error).message}`, {}, { cause })
  }
}
