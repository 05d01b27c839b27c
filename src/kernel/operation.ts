import type { z } from 'zod'
import type { AuditEntry } from './audit.ts'
import type { Unit } from './batcher.ts'
import type { Clock, Instant } from './clock.ts'
import { type CommandEnv, type Ctx, insideTransaction, type MutationCtx } from './context.ts'
import { dataConflict, forbidden, type Issue, invalid, isAppError } from './errors.ts'
import { allows, type Permission } from './permissions.ts'
import { toRecord } from './records.ts'

/** An operation: the only way in. Doors, loops and the CLI translate to and from these and decide nothing. */
export interface Operation<Input = never, Output = unknown> {
  (ctx: Ctx, input: Input): Promise<Output>
  readonly operation: OperationInfo
}

export interface OperationInfo {
  /** `noun.verb` */
  readonly name: string
  readonly kind: 'query' | 'mutation' | 'command' | 'chore' | 'action'
  readonly needs: Permission
  readonly input: z.ZodType
}

const registry = new Map<string, OperationInfo>()

/** Every operation of the server, by name. */
export const operations = (): ReadonlyMap<string, OperationInfo> => registry

interface QueryDefinition<Schema extends z.ZodType, Output> {
  readonly input: Schema
  readonly needs: Permission
  run(ctx: Ctx, input: z.output<Schema>): Promise<Output>
}

/** Reads. Answers plain records. */
export function query<Schema extends z.ZodType, Output>(
  name: string,
  definition: QueryDefinition<Schema, Output>,
): Operation<z.input<Schema>, Output> {
  const info = register({ name, kind: 'query', needs: definition.needs, input: definition.input })
  return asOperation(info, async (ctx, input) => toRecord(await definition.run(ctx, admit(info, ctx, input))))
}

interface MutationDefinition<Schema extends z.ZodType, Output> {
  readonly input: Schema
  readonly needs: Permission
  run(ctx: MutationCtx, input: z.output<Schema>): Promise<Output>
  /** What was acted on, for the audit; the answer's `id` when not given. */
  subject?(input: z.output<Schema>, output: Output): string | null
}

/** Writes through entities: opens a transaction or joins the caller's, and leaves an audit row in its tail. */
export function mutation<Schema extends z.ZodType, Output>(
  name: string,
  definition: MutationDefinition<Schema, Output>,
): Operation<z.input<Schema>, Output> {
  const info = register({ name, kind: 'mutation', needs: definition.needs, input: definition.input })
  return asOperation(info, (ctx, rawInput) => {
    const input = admit<z.output<Schema>>(info, ctx, rawInput)
    return inTransaction(ctx, async inside => {
      const output = await definition.run(inside, input)
      await inside.em.flush()
      inside.transaction.tail.audits.push(auditOf(inside, name, definition.subject?.(input, output) ?? idOf(output)))
      return toRecord(output)
    })
  })
}

type ChoreDefinition<Schema extends z.ZodType, Output> = Omit<MutationDefinition<Schema, Output>, 'subject'>

/** What a service of the house writes down for itself: a mutation without an audit row, since the rows it writes are the record of what it did. */
export function chore<Schema extends z.ZodType, Output>(
  name: string,
  definition: ChoreDefinition<Schema, Output>,
): Operation<z.input<Schema>, Output> {
  const info = register({ name, kind: 'chore', needs: definition.needs, input: definition.input })
  return asOperation(info, (ctx, rawInput) => {
    const input = admit<z.output<Schema>>(info, ctx, rawInput)
    return inTransaction(ctx, async inside => toRecord(await definition.run(inside, input)))
  })
}

interface ActionDefinition<Schema extends z.ZodType, Output> extends QueryDefinition<Schema, Output> {
  /** What was acted on, for the audit. */
  subject(input: z.output<Schema>): string | null
}

/** What reaches outside, and hence stands outside every transaction. It leaves an audit row before it does. */
export function action<Schema extends z.ZodType, Output>(
  name: string,
  definition: ActionDefinition<Schema, Output>,
): Operation<z.input<Schema>, Output> {
  const info = register({ name, kind: 'action', needs: definition.needs, input: definition.input })
  return asOperation(info, async (ctx, rawInput) => {
    const input = admit<z.output<Schema>>(info, ctx, rawInput)
    await inTransaction(ctx, async inside => void inside.transaction.tail.audits.push(auditOf(inside, name, definition.subject(input))))
    return toRecord(await definition.run(ctx, input))
  })
}

/** Runs in the caller's transaction, or in one of its own. */
export async function inTransaction<T>(ctx: Ctx, run: (ctx: MutationCtx) => Promise<T>): Promise<T> {
  if (ctx.transaction) return run(insideTransaction(ctx, ctx.transaction))
  const { storage } = ctx.house
  try {
    return await storage.transact(transaction => {
      transaction.em.setFilterParams('workspace', { id: ctx.workspace.id })
      return run(insideTransaction(ctx, transaction))
    })
  } catch (error) {
    throw !isAppError(error) && storage.isDataError(error) ? dataConflict(error) : error
  }
}

export interface CommandDefinition<Schema extends z.ZodType, Reads, Batch, Output> {
  readonly input: Schema
  /** Whether `input` would answer just what came, told at a fraction of its cost. What this does not take is judged by `input`. Left out: nothing. */
  takes?(input: z.input<Schema>): boolean
  readonly needs: Permission
  /** Which facts the decision needs; the batcher unions them. */
  reads(input: z.output<Schema>, env: Pick<CommandEnv, 'workspace'>): Reads
  /** How much work it is, in transitions of a run: how many fit into one transaction. Default: 1. */
  weight?(input: z.output<Schema>): number
  /** Pure: no I/O, no time or ids but the environment's; may be called more than once. */
  apply(env: CommandEnv, batch: Batch, input: z.output<Schema>): Output
}

export interface Command<Input, Output> extends Operation<Input, Output> {
  /** One unit: all or nothing, later ones see earlier ones. */
  all(ctx: Ctx, inputs: readonly Input[]): Promise<Output[]>
}

/** A hot write. Alone it rides a batch with whatever else the event-loop turn brings; inside a mutation it joins that transaction. */
export function command<Schema extends z.ZodType, Reads, Batch, Output>(
  name: string,
  definition: CommandDefinition<Schema, Reads, Batch, Output>,
): Command<z.input<Schema>, Output> {
  const info = register({ name, kind: 'command', needs: definition.needs, input: definition.input })

  const bind = (ctx: Ctx, rawInput: z.input<Schema>): Unit<Reads, Batch> => {
    authorise(ctx, info)
    const input = definition.takes?.(rawInput) ? (rawInput as z.output<Schema>) : judge<z.output<Schema>>(info, rawInput)
    const { workspace, actor, requestId, ids } = ctx
    const { settings } = ctx.house
    return {
      reads: definition.reads(input, { workspace }),
      weight: definition.weight?.(input) ?? 1,
      apply: batch => definition.apply({ workspace, actor, requestId, ids, settings, now: ctx.clock.now() }, batch, input),
    }
  }

  const all = async (ctx: Ctx, inputs: readonly z.input<Schema>[]): Promise<Output[]> => {
    const units = inputs.map(input => bind(ctx, input))
    if (units.length === 0) return []
    return (await (ctx.transaction ? joinTransaction(ctx, units) : ctx.house.batcher.submit(units))) as Output[]
  }
  const one = asOperation<z.input<Schema>, Output>(info, async (ctx, input) => (await all(ctx, [input]))[0]!)
  return Object.assign(one, { all })
}

/**
 * A command too large for one transaction: asked again and again, each time in a transaction of its own, until it says that it is done. What others ask
 * meanwhile is not kept waiting, and who stops half way can ask again. `all` does one after the other, and stops at the first that fails.
 */
export function inSteps<Input, Output extends { readonly isDone: boolean }>(step: Command<Input, Output>): Command<Input, Output> {
  const one = asOperation<Input, Output>(step.operation, async (ctx, input) => {
    for (;;) {
      const output = await step(ctx, input)
      if (output.isDone) return output
    }
  })
  const all = async (ctx: Ctx, inputs: readonly Input[]): Promise<Output[]> => {
    const outputs: Output[] = []
    for (const input of inputs) outputs.push(await one(ctx, input))
    return outputs
  }
  return Object.assign(one, { all })
}

async function joinTransaction<Reads, Batch>(ctx: Ctx, units: readonly Unit<Reads, Batch>[]): Promise<unknown[]> {
  const { batchModel: model, storage } = ctx.house
  await ctx.transaction!.em.flush()
  let answers: unknown[] = []
  await storage.hotInside(ctx.transaction!, model.union(units.map(unit => unit.reads)), facts => {
    const batch = model.open(facts)
    answers = units.map(unit => unit.apply(batch as Batch))
    return batch.changes
  })
  return answers
}

function register(info: OperationInfo): OperationInfo {
  if (registry.has(info.name)) throw new Error(`Two operations are named ${info.name}.`)
  registry.set(info.name, info)
  return info
}

function asOperation<Input, Output>(info: OperationInfo, run: (ctx: Ctx, input: Input) => Promise<Output>): Operation<Input, Output> {
  const operation = async (ctx: Ctx, input: Input) => run(ctx, input)
  return Object.assign(operation, { operation: info })
}

/** Refuses an actor who may not ask this. A subscription checks with the query it continues. */
export function authorise(ctx: Ctx, { name, needs }: Pick<OperationInfo, 'name' | 'needs'>): void {
  if (!allows(ctx.actor.grants, needs))
    throw forbidden(`${ctx.actor.name} may not ${name}: ${needs} is needed.`, { operation: name, needs })
}

/** Permission first, then shape: who may not ask learns nothing from the answer. Both before any SQL. */
function admit<Parsed>(info: OperationInfo, ctx: Ctx, input: unknown): Parsed {
  authorise(ctx, info)
  return judge(info, input)
}

function judge<Parsed>(info: OperationInfo, input: unknown): Parsed {
  const parsed = info.input.safeParse(input)
  if (!parsed.success) throw invalid(parsed.error.issues.map(toIssue))
  return parsed.data as Parsed
}

export const toIssue = (issue: z.core.$ZodIssue): Issue => ({
  path: issue.path as (string | number)[],
  message: issue.message,
  code: issue.code,
})

/** The row for a change that has no history of its own. */
export const auditOf = (
  ctx: Pick<Ctx, 'ids' | 'workspace' | 'actor' | 'requestId'> & ({ readonly now: Instant } | { readonly clock: Clock }),
  operation: string,
  subject: string | null,
): AuditEntry => ({
  id: ctx.ids.uuid(),
  workspaceId: ctx.workspace.id,
  occurred: 'now' in ctx ? ctx.now : ctx.clock.now(),
  actorId: ctx.actor.id,
  actorKind: ctx.actor.kind,
  actorName: ctx.actor.name,
  operation,
  subject,
  requestId: ctx.requestId,
})

const idOf = (output: unknown): string | null => {
  const id = (output as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}
