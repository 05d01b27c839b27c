import { notFound } from '../../kernel/errors.ts'
import { type CountedTaskRun, taskRollupDeltas } from '../rollups/index.ts'
import type { Changes, Facts, TaskRunBatch } from './batch.ts'
import type { CachedResult, EnclosingRun, FlowRunFacts, TaskRunFacts, TaskRunKey } from './records.ts'

/** What the rest of the batch knows of flow runs as they are now. */
interface FlowRunsNow {
  flowRunNow(id: string): FlowRunFacts | undefined
  isDeleted(run: Pick<EnclosingRun, 'id' | 'flowId'>): boolean
  countChange(): void
}

export const taskRunKey = ({ flowRunId, taskKey, dynamicKey }: TaskRunKey): string =>
  `${flowRunId} ${taskKey.length} ${taskKey} ${dynamicKey}`
export const cacheKeyOf = (workspaceId: string, key: string): string => `${workspaceId} ${key}`

/** The part of a batch that task runs have. */
export function openTaskRuns(facts: Facts, changes: Changes, now: FlowRunsNow): TaskRunBatch & { forgetTasksOf(flowRunId: string): void } {
  const byId = new Map<string, TaskRunFacts>()
  const idsByKey = new Map<string, string>()
  const enclosing = new Map(facts.enclosingRuns.map(run => [run.id, run]))
  const cached = new Map<string, readonly CachedResult[]>(facts.cachedResults)
  const remember = (found: TaskRunFacts) => {
    byId.set(found.run.id, found)
    idsByKey.set(taskRunKey(found.run), found.run.id)
  }
  facts.taskRuns.forEach(remember)

  const count = (before: CountedTaskRun | null, after: CountedTaskRun | null) =>
    void changes.taskRollups.push(...taskRollupDeltas(before, after))

  const write = (found: TaskRunFacts) => {
    now.countChange()
    count(byId.get(found.run.id)?.run ?? null, found.run)
    remember(found)
    const isNew = changes.newTaskRuns.has(found.run.id)
    ;(isNew ? changes.newTaskRuns : changes.changedTaskRuns).set(found.run.id, found.run)
  }
  const forget = (id: string) => {
    const found = byId.get(id)
    if (found) idsByKey.delete(taskRunKey(found.run))
    byId.delete(id)
    changes.newTaskRuns.delete(id)
    changes.changedTaskRuns.delete(id)
    const states = new Set(changes.newTaskRunStates.filter(({ taskRunId }) => taskRunId === id).map(state => state.id))
    if (states.size === 0) return
    removeWhere(changes.newTaskRunStates, state => state.taskRunId === id)
    removeWhere(changes.newCachedResults, result => states.has(result.taskRunStateId))
  }

  return {
    taskRun(workspaceId, id) {
      const found = byId.get(id)
      if (found?.run.workspaceId !== workspaceId) throw notFound('Task run', id)
      return found
    },
    taskRunIfThere: id => byId.get(id),
    taskRunByKey: key => byId.get(idsByKey.get(taskRunKey(key)) ?? ''),
    enclosingRun(workspaceId, id) {
      const current = now.flowRunNow(id)
      const run = current ? asEnclosing(current) : enclosing.get(id)
      return run && run.workspaceId === workspaceId && !now.isDeleted(run) ? run : undefined
    },
    cachedResults: (workspaceId, key) => cached.get(cacheKeyOf(workspaceId, key)) ?? [],
    offersOf: (workspaceId, taskKeys) => {
      const isAsked = ({ run, state }: TaskRunFacts) =>
        state !== null && run.workspaceId === workspaceId && run.claimableAt !== null && taskKeys.includes(run.taskKey)
      return [...byId.values()].filter(isAsked).sort((a, b) => a.run.claimableAt! - b.run.claimableAt!)
    },
    claimsOf: (workspaceId, identifier) =>
      [...byId.values()].flatMap(({ run }) => (run.workspaceId === workspaceId && run.claimedBy === identifier ? [run] : [])),
    insertTaskRun(run) {
      now.countChange()
      count(null, run)
      remember({ run, state: null })
      changes.newTaskRuns.set(run.id, run)
    },
    enterTaskRunState(run, state) {
      write({ run, state })
      changes.newTaskRunStates.push(state)
    },
    keepTaskRunState(state) {
      now.countChange()
      changes.newTaskRunStates.push(state)
    },
    editTaskRun: run => write({ run, state: byId.get(run.id)?.state ?? null }),
    deleteTaskRun(run) {
      const { id } = run
      now.countChange()
      if (changes.deletedTaskRuns.has(id)) return
      count(byId.get(id)?.run ?? run, null)
      const isNew = changes.newTaskRuns.has(id)
      forget(id)
      if (!isNew) changes.deletedTaskRuns.add(id)
    },
    lendResult(result, state) {
      const key = cacheKeyOf(result.workspaceId, result.cacheKey)
      cached.set(key, [{ expiration: result.expiration, state }, ...(cached.get(key) ?? [])])
      changes.newCachedResults.push(result)
    },
    seeTaskWorker(worker) {
      now.countChange()
      changes.seenTaskWorkers.set(worker.id, worker)
    },
    forgetTaskWorker(id) {
      now.countChange()
      changes.seenTaskWorkers.delete(id)
      changes.goneTaskWorkers.add(id)
    },
    forgetTaskWorkersSeenBefore(moment) {
      now.countChange()
      changes.goneSince.push(moment)
    },
    forgetTasksOf(flowRunId) {
      for (const { run } of [...byId.values()]) {
        if (run.flowRunId !== flowRunId) continue
        count(run, null)
        forget(run.id)
      }
    },
  }
}

const asEnclosing = ({ run, state }: FlowRunFacts): EnclosingRun => {
  const { id, workspaceId, flowId, labels, stateType, runCount } = run
  return { id, workspaceId, flowId, labels, stateType, runCount, stateDetails: state?.details ?? null }
}

export function removeWhere<T>(list: T[], isGone: (value: T) => boolean): void {
  const kept = list.filter(value => !isGone(value))
  if (kept.length < list.length) list.splice(0, list.length, ...kept)
}
