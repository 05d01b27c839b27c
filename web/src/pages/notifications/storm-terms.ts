import type { StormTerms } from './policy-sentence.ts'

interface Storm {
  groupBy: 'NONE' | 'FLOW' | 'DEPLOYMENT' | 'TAG'
  repeatSeconds: number
  mostPerWindow: number | null
  windowSeconds: number
}

/** Without groups nothing is gathered: then only the most in a window counts. */
export const stormOf = ({ groupBy, repeatSeconds, mostPerWindow, windowSeconds }: Storm): StormTerms | undefined => {
  const isGrouped = groupBy !== 'NONE'
  if (!isGrouped && mostPerWindow === null) return undefined
  return {
    groupBy: groupBy.toLowerCase() as StormTerms['groupBy'],
    repeatSeconds: isGrouped ? repeatSeconds : 0,
    ...(mostPerWindow === null ? {} : { mostPerWindow }),
    windowSeconds,
  }
}
