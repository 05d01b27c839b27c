import { readStored, writeStored } from '../stored.ts'

export type Theme = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'castellan.theme'
const STATES_KEY = 'castellan.states'
const RAIL_KEY = 'castellan.rail'

const stored = readStored(STORAGE_KEY)
let theme = $state<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')
let isRailNarrow = $state(readStored(RAIL_KEY) === 'narrow')
let hasStrongerStates = $state(readStored(STATES_KEY) === 'stronger')

export const applyStoredTheme = (): void => {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset.theme
  else dataset.theme = theme
  if (hasStrongerStates) dataset.states = 'stronger'
  else delete dataset.states
}

export const appearance = {
  get isRailNarrow() {
    return isRailNarrow
  },
  set isRailNarrow(next: boolean) {
    isRailNarrow = next
    writeStored(RAIL_KEY, next ? 'narrow' : 'wide')
  },
  get theme() {
    return theme
  },
  set theme(next: Theme) {
    theme = next
    writeStored(STORAGE_KEY, next)
    applyStoredTheme()
  },
  get hasStrongerStates() {
    return hasStrongerStates
  },
  set hasStrongerStates(next: boolean) {
    hasStrongerStates = next
    writeStored(STATES_KEY, next ? 'stronger' : 'usual')
    applyStoredTheme()
  },
}
