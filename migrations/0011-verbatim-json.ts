import { revision } from './revision.ts'

const columns = [
  ['flow_run_state', 'data'],
  ['task_run_state', 'data'],
  ['variable', 'value'],
]
const retype = (type: string) =>
  columns.map(([table, column]) => `alter table "${table}" alter column "${column}" type ${type} using ("${column}"::${type})`)

/** What clients want back as they have sent it is kept as text: `jsonb` brings the keys of objects into an order of its own. */
export const verbatimJson = revision('0011-verbatim-json', {
  sqlite: { up: [], down: [] },
  postgres: { up: retype('json'), down: retype('jsonb') },
})
