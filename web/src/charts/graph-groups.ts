import { type Family, lookOf, type StateType } from '../parts/states.ts'
import { layersOf } from './graph-layers.ts'

export interface GraphTask {
  id: string
  name: string
  /** Which task it is a call of. */
  taskKey: string
  href: string
  type: StateType | undefined
  stateName: string | undefined
  note: string | undefined
  /** Tasks whose end it waited for. */
  parents: readonly string[]
}

/** What is drawn: a task, or several calls of one that stand in the same layer. */
export interface GraphNode {
  id: string
  name: string
  /** Which fold it belongs to, open or not; undefined where nothing folds. */
  foldId: string | undefined
  tasks: readonly GraphTask[]
  isFold: boolean
  /** How many tasks are in states of which kind. */
  families: readonly FamilyCount[]
}

export interface FamilyCount {
  family: Family
  count: number
}

export interface Graph {
  nodes: readonly GraphNode[]
  /** By their places in `nodes`, for each node those it waited for. */
  parents: readonly (readonly number[])[]
  children: readonly (readonly number[])[]
}

const LEAST_IN_FOLD = 5

/** Calls of one task in one layer stand as one node, but for the folds that are open. Nothing folds where `isFolding` is false. */
export const graphOf = (tasks: readonly GraphTask[], isFolding: boolean, open: ReadonlySet<string>): Graph => {
  const { nodes, placeOfTask } = foldedNodes(tasks, isFolding, open)
  const parents: number[][] = nodes.map(() => [])
  const children: number[][] = nodes.map(() => [])
  const seen = new Set<number>()
  const placeById = new Map(tasks.map(({ id }, index) => [id, placeOfTask[index]!]))
  tasks.forEach((task, index) => {
    const to = placeOfTask[index]!
    for (const id of task.parents) {
      const from = placeById.get(id)
      if (from === undefined || from === to) continue
      const edge = from * nodes.length + to
      if (seen.has(edge)) continue
      seen.add(edge)
      parents[to]!.push(from)
      children[from]!.push(to)
    }
  })
  return { nodes, parents, children }
}

const foldedNodes = (tasks: readonly GraphTask[], isFolding: boolean, open: ReadonlySet<string>) => {
  const foldIds = isFolding ? foldIdsOf(tasks) : tasks.map(() => undefined)
  const placeOfFold = new Map<string, number>()
  const nodes: (Omit<GraphNode, 'tasks' | 'families'> & { tasks: GraphTask[] })[] = []
  const placeOfTask = tasks.map((task, index) => {
    const foldId = foldIds[index]
    const isFold = foldId !== undefined && !open.has(foldId)
    const known = isFold ? placeOfFold.get(foldId) : undefined
    if (known !== undefined) {
      nodes[known]!.tasks.push(task)
      return known
    }
    if (isFold) placeOfFold.set(foldId, nodes.length)
    nodes.push({ id: isFold ? foldId : task.id, name: isFold ? nameOfCalls(task.name) : task.name, foldId, tasks: [task], isFold })
    return nodes.length - 1
  })
  return { nodes: nodes.map(node => ({ ...node, families: familiesOf(node.tasks) })), placeOfTask }
}

const foldIdsOf = (tasks: readonly GraphTask[]): (string | undefined)[] => {
  const placeById = new Map(tasks.map(({ id }, index) => [id, index]))
  const layers = layersOf(tasks.map(({ parents }) => parents.flatMap(id => placeById.get(id) ?? [])))
  const ids = tasks.map(({ taskKey }, index) => `${layers[index]} ${taskKey}`)
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return ids.map(id => (counts.get(id)! >= LEAST_IN_FOLD ? id : undefined))
}

/** Clients end the names of calls with a number, or a piece of an id. */
export const nameOfCalls = (name: string): string => name.replace(/-(\d+|[0-9a-f]{3,})$/i, '')

const TROUBLE_FIRST: readonly Family[] = [
  'failed',
  'crashed',
  'waiting',
  'paused',
  'running',
  'pending',
  'scheduled',
  'cancelled',
  'completed',
]

/** Trouble first; a task without a state is pending. */
export const familiesOf = (tasks: readonly GraphTask[]): FamilyCount[] => {
  const counts = new Map<Family, number>()
  for (const { type, stateName } of tasks) {
    const { family } = lookOf(type ?? 'PENDING', stateName)
    counts.set(family, (counts.get(family) ?? 0) + 1)
  }
  return TROUBLE_FIRST.flatMap(family => (counts.has(family) ? [{ family, count: counts.get(family)! }] : []))
}
