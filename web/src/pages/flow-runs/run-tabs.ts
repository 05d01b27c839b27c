export const tabNames = ['timeline', 'graph', 'tasks', 'inputs', 'artifacts'] as const
export type TabName = (typeof tabNames)[number]

export const USUAL_TAB: TabName = 'timeline'

/** The one that is shown, by what the address says. */
export const tabOf = (asked: string | null): TabName => tabNames.find(name => name === asked) ?? USUAL_TAB

/** What can be chosen: where there is nothing of a kind, its tab is there only for who has come to it. */
export const shownTabs = (current: TabName, has: { tasks: boolean; artifacts: boolean }): TabName[] =>
  tabNames.filter(
    name =>
      name === current || ({ timeline: true, inputs: true, graph: has.tasks, tasks: has.tasks, artifacts: has.artifacts } as const)[name],
  )
