import { expect, test } from 'vitest'
import { shownTabs, tabOf } from '../../web/src/pages/flow-runs/run-tabs.ts'

const none = { tasks: false, artifacts: false }

test('one tab is always chosen: the one in the address, else the timeline', () => {
  expect(tabOf(null)).toBe('timeline')
  expect(tabOf('inputs')).toBe('inputs')
  expect(tabOf('nowhere')).toBe('timeline')
})

test('the chosen tab is always among those shown, and what there is nothing of has none', () => {
  expect(shownTabs('timeline', none)).toEqual(['timeline', 'inputs'])
  expect(shownTabs('tasks', none)).toEqual(['timeline', 'tasks', 'inputs'])
  expect(shownTabs('artifacts', none)).toEqual(['timeline', 'inputs', 'artifacts'])
  expect(shownTabs('timeline', { tasks: false, artifacts: true })).toEqual(['timeline', 'inputs', 'artifacts'])
  expect(shownTabs('inputs', { tasks: true, artifacts: true })).toEqual(['timeline', 'graph', 'tasks', 'inputs', 'artifacts'])
})
