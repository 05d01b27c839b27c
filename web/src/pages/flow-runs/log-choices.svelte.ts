import { navigate, router } from '../../router.svelte.ts'

export interface Marked {
  from: number
  to: number
}

/** How the log is shown. It stands in the address, so that a reload or whoever gets the link sees the same. */
export const logChoices = {
  /** Only the lines of this task run. */
  get task(): string | undefined {
    return router.current.search.get('task') ?? undefined
  },
  /** Only the lines of this logger. */
  get logger(): string | undefined {
    return router.current.search.get('logger') ?? undefined
  },
  /** Python's level; lighter lines are hidden. */
  get least(): number {
    return Number(router.current.search.get('level')) || 0
  },
  get searched(): string {
    return router.current.search.get('q') ?? ''
  },
  /** Undefined where the screen decides. */
  get isWrapped(): boolean | undefined {
    const value = router.current.search.get('wrap')
    return value === null ? undefined : value === '1'
  },
  /** Lines, counted from 1: `12`, or `12-40`. */
  get marked(): Marked | undefined {
    return parseMarked(router.current.search.get('line') ?? '')
  },
}

type Choice = 'level' | 'q' | 'wrap' | 'line' | 'tab' | 'task' | 'logger' | 'state' | 'name'

export const chooseForLog = (choices: Partial<Record<Choice, string | undefined>>): void => {
  navigate(addressWith(choices), { replace: true })
}

/** The address of this page with other choices; one that is undefined or empty goes. */
export const addressWith = (choices: Partial<Record<Choice, string | undefined>>): string => {
  const url = new URL(location.href)
  for (const [name, value] of Object.entries(choices)) {
    if (value) url.searchParams.set(name, value)
    else url.searchParams.delete(name)
  }
  return url.href
}

/** Lines are counted anew in a part of the log, so that none is marked there. */
export const partOfLog = (part: { task?: string; logger?: string }): string =>
  addressWith({ task: part.task, logger: part.logger, line: undefined })

export const shortLogger = (name: string): string => name.replace(/^prefect\./, '')

export const parseMarked = (text: string): Marked | undefined => {
  const [, from, to] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? []
  if (from === undefined || Number(from) === 0) return undefined
  const ends = [Number(from), Number(to ?? from)] as const
  return { from: Math.min(...ends), to: Math.max(...ends) }
}

export const writeMarked = ({ from, to }: Marked): string => (from === to ? String(from) : `${from}-${to}`)
