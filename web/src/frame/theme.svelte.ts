export type Theme = 'system' | 'light' | 'dark'

const STORAGE_KEY = 'castellan.theme'
const STATES_KEY = 'castellan.states'
const RAIL_KEY = 'castellan.rail'

// Storage may be forbidden by the browser; a theme is not worth a broken page.
const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

const write = (key: string, value: string) => {
  try {
    localStorage.setItem(key, value)
  } catch {
    return
  }
}

const stored = read(STORAGE_KEY)
let theme = $state<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')
let isRailNarrow = $state(read(RAIL_KEY) === 'narrow')
let hasStrongerStates = $state(read(STATES_KEY) === 'stronger')

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
    write(RAIL_KEY, next ? 'narrow' : 'wide')
  },
  get theme() {
    return theme
  },
  set theme(next: Theme) {
    theme = next
    write(STORAGE_KEY, next)
    applyStoredTheme()
  },
  get hasStrongerStates() {
    return hasStrongerStates
  },
  set hasStrongerStates(next: boolean) {
    hasStrongerStates = next
    write(STATES_KEY, next ? 'stronger' : 'usual')
    applyStoredTheme()
  },
}
