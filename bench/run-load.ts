import type { LoadOrder, LoadResult } from './load.ts'
import { type LoadCost, runLoadProcess } from './load-process.ts'

export type Figure = LoadResult & LoadCost

/** Lifecycles in a process of their own beside a server. */
export const runLoad = (order: LoadOrder, serverPid: number | null): Promise<Figure> =>
  runLoadProcess<LoadResult>(new URL('./load.ts', import.meta.url), order, serverPid)
