import {
  facetLogs,
  findLogs,
  type LevelCounts,
  type LogFacets,
  type LogMatches,
  type LogOutline,
  type LogPiece,
  MOST_FACETS,
  numberOfLine,
  outlineLogs,
} from '../../core/logs/index.ts'
import { asks, builder } from './builder.ts'
import { logCursor } from './cursors.ts'
import { Log } from './logs.ts'

const LogLevelCountsRef = builder.objectRef<LevelCounts>('LogLevelCounts').implement({
  description: 'How many lines of which level.',
  fields: t => ({
    debug: t.exposeInt('debug', { description: 'Below 20.' }),
    info: t.exposeInt('info', { description: 'From 20.' }),
    warning: t.exposeInt('warning', { description: 'From 30.' }),
    error: t.exposeInt('error', { description: 'From 40.' }),
    critical: t.exposeInt('critical', { description: 'From 50.' }),
  }),
})

const LogPieceRef = builder.objectRef<LogPiece>('LogPiece').implement({
  description: 'Up to 200 lines of a run’s log that stand together.',
  fields: t => ({
    after: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'Pass it as `after` to a list of the run’s lines by time to read this piece; null for the first.',
      resolve: piece => piece.after,
    }),
    start: t.expose('start', { type: 'DateTime', description: 'When its first line was logged.' }),
    counts: t.field({ type: LogLevelCountsRef, description: 'Its lines by level.', resolve: piece => piece.counts }),
  }),
})

const LogOutlineRef = builder.objectRef<LogOutline>('LogOutline').implement({
  description: 'A run’s whole log without its lines.',
  fields: t => ({
    counts: t.field({ type: LogLevelCountsRef, description: 'All lines by level.', resolve: outline => outline.counts }),
    pieces: t.field({
      type: [LogPieceRef],
      description: 'In the order of time. All but the last are of 200 lines.',
      resolve: outline => [...outline.pieces],
    }),
    end: t.field({
      type: [Log],
      description: 'The lines of the last two pieces, in the order of time.',
      resolve: outline => [...outline.end],
    }),
    logCursor: t.field({
      type: 'Cursor',
      description: 'Up to where the log was read: a subscription `after` it goes on exactly, no line missing and none twice.',
      resolve: ({ asOf }, _args, { ctx }) => logCursor(ctx, asOf),
    }),
  }),
})

const LogMatchesRef = builder.objectRef<LogMatches>('LogMatches').implement({
  description: 'Where in a run’s log something was found.',
  fields: t => ({
    lineCount: t.exposeInt('lineCount', { description: 'How many lines were searched: all that there were.' }),
    count: t.exposeInt('count', { description: 'How many of them match.' }),
    numbers: t.intList({
      description: 'Which lines, counted from 1 over the whole log in the order of time. The first 10 000.',
      resolve: found => [...found.numbers],
    }),
  }),
})

const LogFacetsRef = builder.objectRef<LogFacets>('LogFacets').implement({
  description: 'Who wrote the lines of a flow run.',
  fields: t => ({
    loggers: t.field({
      type: [
        builder.objectRef<LogFacets['loggers'][number]>('LoggerLines').implement({
          description: 'The lines of a logger.',
          fields: t => ({
            name: t.exposeString('name', { description: 'Its name.' }),
            count: t.exposeInt('count', { description: 'How many lines.' }),
          }),
        }),
      ],
      description: `Those with most lines first, at most ${MOST_FACETS}.`,
      resolve: ({ loggers }) => [...loggers],
    }),
    taskRuns: t.field({
      type: [
        builder.objectRef<LogFacets['taskRuns'][number]>('TaskRunLines').implement({
          description: 'The lines of a task run.',
          fields: t => ({
            taskRunId: t.expose('taskRunId', { type: 'UUID', description: 'Id of the task run.' }),
            count: t.exposeInt('count', { description: 'How many lines.' }),
          }),
        }),
      ],
      description: `Those with most lines first, at most ${MOST_FACETS}. Lines of the flow itself count for none.`,
      resolve: ({ taskRuns }) => [...taskRuns],
    }),
  }),
})

const scopeArgs = builder.args(t => ({
  flowRunId: t.field({ type: 'UUID', description: 'Of which flow run. Either this or `taskRunId` is needed.' }),
  taskRunId: t.field({ type: 'UUID', description: 'Only the lines of this task run.' }),
  names: t.stringList({ description: 'Only the lines of these loggers.' }),
}))

builder.queryFields(t => ({
  logOutline: t.field({
    type: LogOutlineRef,
    description: 'How a run’s log is made up: for showing a long one whole, and reading of it only what is looked at.',
    args: scopeArgs,
    extensions: asks(outlineLogs),
    resolve: (_root, args, { ctx }) => outlineLogs(ctx, args),
  }),
  logMatches: t.field({
    type: LogMatchesRef,
    description: 'Searches all lines of a run.',
    args: {
      ...scopeArgs,
      textContains: t.arg.string({ description: 'Lines whose message contains this, in either case.' }),
      levelAtLeast: t.arg.int({ description: 'Lines of this level or graver.' }),
    },
    extensions: asks(findLogs),
    resolve: (_root, args, { ctx }) => findLogs(ctx, args),
  }),
  logFacets: t.field({
    type: LogFacetsRef,
    description: 'Which loggers and task runs wrote the lines of a flow run.',
    args: { flowRunId: t.arg({ type: 'UUID', required: true, description: 'Of which run.' }) },
    extensions: asks(facetLogs),
    resolve: (_root, args, { ctx }) => facetLogs(ctx, args),
  }),
  logLineNumber: t.int({
    description: 'The number of a line in the whole log of its flow run, counted from 1 in the order of time.',
    args: {
      flowRunId: t.arg({ type: 'UUID', required: true, description: 'Of which run.' }),
      line: t.arg({ type: 'Cursor', required: true, description: 'The cursor of the line.' }),
    },
    extensions: asks(numberOfLine),
    resolve: (_root, args, { ctx }) => numberOfLine(ctx, args),
  }),
}))
