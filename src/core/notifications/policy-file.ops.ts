import { LockMode } from '@mikro-orm/core'
import { z } from 'zod'
import type { Ctx, MutationCtx } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { auditOf, mutation, query } from '../../kernel/operation.ts'
import { Workspace } from '../workspaces/index.ts'
import { NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
import { addPolicies, changePolicy, removePolicies } from './notification-policy.keep.ts'
import { lookUpNames } from './policy-names.ts'
import { fingerprintOf, type PolicyStep, pairPolicies } from './policy-plan.rules.ts'
import { LONGEST_TEXT, type PolicyText, type Problem, printPolicyText, readPolicyText } from './policy-text.ts'
import { partsFrom, partsOf, type Reference, writtenOf } from './written-policy.ts'

const MOST_POLICIES = 10_000

export interface PolicyPlan {
  /** What it would do, in short; null where there are problems. */
  readonly fingerprint: string | null
  /** In the order of the file, and then those that go. */
  readonly steps: readonly PlannedStep[]
  readonly problems: readonly Problem[]
}

export interface PlannedStep extends PolicyStep {
  /** Where it stands in the file, from 1; null when it does not. */
  readonly line: number | null
}

/** All policies as one YAML file, without ids and without secrets. */
export const exportNotificationPolicies = query('notification-policy.export', {
  input: z.object({}),
  needs: 'notification-policy:read',
  async run(ctx): Promise<string> {
    const present = await allPolicies(ctx)
    const names = await lookUpNames(ctx, present, { flows: [], deployments: [], channels: [] })
    return printPolicyText(present.map(policy => writtenOf(policy, names)))
  },
})

const fileInput = z.object({
  /** Read before a transaction is opened. */
  yaml: z.string().max(LONGEST_TEXT).transform(readPolicyText),
  /** Whether policies go that the file does not have. */
  prune: z.boolean().default(false),
})

/** What would become of the policies, were they to be as the file has them; or what is wrong with it. */
export const planNotificationPolicies = query('notification-policy.plan', {
  input: fileInput,
  needs: 'notification-policy:read',
  run: async (ctx, { yaml, prune }): Promise<PolicyPlan> => plan(ctx, yaml, prune, await allPolicies(ctx)),
})

/**
 * Does what a plan said, in one transaction; nothing where all is as the file has it already. CONFLICT when something else would be done by now; INVALID when the
 * file cannot be used.
 */
export const applyNotificationPolicies = mutation('notification-policy.apply', {
  input: fileInput.extend({ fingerprint: z.string() }),
  needs: 'notification-policy:write',
  async run(ctx, { yaml, prune, fingerprint }): Promise<PolicyPlan> {
    // Of two at the same time the second plans when the first is done.
    await ctx.em.findOneOrFail(Workspace, { id: ctx.workspace.id }, { lockMode: LockMode.PESSIMISTIC_WRITE })
    const present = await ctx.em.find(NotificationPolicy, {}, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE })
    const planned = await plan(ctx, yaml, prune, present)
    if (planned.fingerprint === null) throw invalid(planned.problems.map(toIssue))
    const isDone = planned.steps.every(({ action }) => action === 'UNCHANGED')
    if (planned.fingerprint !== fingerprint && !isDone)
      throw conflict(
        `This is not the plan ${fingerprint}: what would be done now is ${planned.fingerprint}. The policies, the file or what it names have changed since. Plan again, and look at it.`,
      )
    return { ...planned, steps: await carryOut(ctx, planned.steps, present) }
  },
  subject: ({ fingerprint }) => fingerprint,
})

const allPolicies = async (ctx: Ctx): Promise<NotificationPolicyRecord[]> =>
  (await ctx.read.select({
    entity: NotificationPolicy,
    where: [],
    orderBy: [['id', 'asc']],
    limit: MOST_POLICIES,
  })) as unknown as NotificationPolicyRecord[]

async function plan(ctx: Ctx, text: PolicyText, prune: boolean, present: readonly NotificationPolicyRecord[]): Promise<PolicyPlan> {
  const { policies, problems: misread, problemAt } = text
  const problems = [...misread]
  const named = (reference: Reference) => policies.flatMap(policy => policy?.[reference] ?? [])
  const names = await lookUpNames(ctx, present, { flows: named('flows'), deployments: named('deployments'), channels: named('channels') })
  const wanted = policies.map((policy, index) => {
    if (!policy) return null
    const { parts, refusals } = partsFrom(policy, names)
    problems.push(...refusals.map(({ path, message }) => problemAt(['policies', index, ...path], message)))
    return parts && { parts, written: () => writtenOf(parts, names) }
  })
  const there = present.map(policy => ({ id: policy.id, parts: partsOf(policy), written: () => writtenOf(policy, names) }))
  const { steps, ambiguous } = pairPolicies(there, wanted, prune)
  problems.push(...ambiguous.map(index => problemAt(['policies', index], whichIsMeant(policies[index]!.name))))
  if (problems.length > 0) return { fingerprint: null, steps: [], problems: problems.toSorted(byPlace) }
  const lineOf = (index: number | null) => (index === null ? null : problemAt(['policies', index], '').line)
  return { fingerprint: fingerprintOf(steps), steps: steps.map(step => ({ ...step, line: lineOf(step.index) })), problems }
}

const whichIsMeant = (name: string | null): string =>
  name === null
    ? 'has no name, and there are several without one: which of them is meant cannot be told. Give it a name'
    : `there are several of the name ${name}, here or in this file: which is meant cannot be told. Give them names of their own`

const byPlace = (one: Problem, other: Problem): number => one.line - other.line || one.column - other.column

const toIssue = ({ line, column, path, message }: Problem) => ({
  path: [path],
  message: `${message} (line ${line}, column ${column})`,
  code: 'custom',
})

type Entity = Parameters<typeof changePolicy>[1]

async function carryOut(ctx: MutationCtx, steps: readonly PlannedStep[], present: readonly Entity[]): Promise<PlannedStep[]> {
  const byId = new Map(present.map(policy => [policy.id, policy]))
  const gone = steps.flatMap(({ action, id }) => (action === 'DELETE' ? byId.get(id!)! : []))
  await removePolicies(ctx, gone)
  const wanted = steps.filter(({ action }) => action === 'CREATE')
  const added = await addPolicies(
    ctx,
    wanted.map(({ after }) => after!),
  )
  const idOf = new Map(wanted.map((step, index) => [step, added[index]!.id]))
  return steps.map(step => {
    const id = idOf.get(step) ?? step.id!
    if (step.action === 'UPDATE') changePolicy(ctx, byId.get(id)!, step.after!)
    const verb = step.action.toLowerCase()
    if (step.action !== 'UNCHANGED') ctx.transaction.tail.audits.push(auditOf(ctx, `notification-policy.${verb}`, id))
    return { ...step, id }
  })
}
