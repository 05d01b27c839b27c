export { LogLineEntity } from './log.entity.ts'
export { type LogFilter, logConditions, logFilter } from './log.filter.ts'
export { appendLogs, countLogs, listLogs, logOrders, sliceLogs } from './log.ops.ts'
export { facetLogs, type LogFacets, MOST_FACETS, numberOfLine } from './log-facets.ops.ts'
export {
  cursorOfLine,
  findLogs,
  type LevelCounts,
  type LogMatches,
  type LogOutline,
  type LogPiece,
  outlineLogs,
} from './log-outline.ops.ts'
export { isNewLine } from './new-line.ts'
