export const columns = [
  { id: 'flow', label: 'Flow, deployment', isUsual: true },
  { id: 'started', label: 'Started', isUsual: true },
  { id: 'duration', label: 'Duration', isUsual: true },
  { id: 'message', label: 'What was said', isUsual: true },
  { id: 'tags', label: 'Tags', isUsual: true },
  { id: 'attempts', label: 'Attempts', isUsual: false },
  { id: 'parameters', label: 'Parameters', isUsual: false },
  { id: 'id', label: 'Id', isUsual: false },
] as const

export type Column = (typeof columns)[number]['id']

const KEY = 'castellan.runs.columns'

/** Those chosen in this browser. State and name of a run are always there. */
export const readColumns = (storage: Pick<Storage, 'getItem'>): Column[] => {
  const kept = storage.getItem(KEY)?.split(' ')
  return columns.filter(({ id, isUsual }) => (kept ? kept.includes(id) : isUsual)).map(({ id }) => id)
}

export const keepColumns = (storage: Pick<Storage, 'setItem'>, chosen: readonly Column[]): void => storage.setItem(KEY, chosen.join(' '))
