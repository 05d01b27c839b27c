import type { Command } from 'commander'
import { systemClock, toIso } from '../../kernel/clock.ts'
import { product } from '../../kernel/product.ts'
import { type Ask, allPolicies, inWords, labelOf, type Policy, shortIds } from './notification-policies.ts'
import { say, sayJson, sayTable } from './say.ts'

export function lsCommand(notification: Command, ask: Ask): void {
  notification
    .command('ls')
    .summary('List the policies.')
    .description(
      'List the policies, newest first: what each does, when it last sent something, and what went wrong with its latest delivery.',
    )
    .option('--json', 'Print JSON, for programs.')
    .action(async ({ json }: { readonly json?: boolean }) => {
      const policies = await allPolicies(ask)
      if (json) return sayJson(policies)
      if (policies.length === 0)
        return say(`There are no notification policies. Make one: ${product.name} notification create --state failed --channel <channel>`)
      sayPolicies(policies)
    })
}

function sayPolicies(policies: readonly Policy[]): void {
  const ids = shortIds(policies.map(({ id }) => id))
  sayTable([
    ['NAME', 'STATE', 'LAST SENT', 'ID', 'WHAT IT DOES'],
    ...policies.map((policy, index) => [policy.name ?? '-', stateOf(policy), sentOf(policy), ids[index]!, inWords(policy)]),
  ])
  const failing = policies.filter(({ lastError }) => lastError !== null)
  if (failing.length > 0) say('\nWhat went wrong with the newest delivery:')
  for (const policy of failing) say(`  ${labelOf(policy)}: ${policy.lastError}`)
}

const stateOf = ({ isActive, mutedUntil }: Policy): string => {
  if (!isActive) return 'paused'
  return mutedUntil && mutedUntil > toIso(systemClock.now()) ? `muted until ${minute(mutedUntil)}` : 'active'
}

const sentOf = ({ lastSentAt, lastError }: Policy): string => `${lastSentAt ? minute(lastSentAt) : 'never'}${lastError ? ' (!)' : ''}`

/** 2026-11-30 01:12Z */
const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')}Z`
