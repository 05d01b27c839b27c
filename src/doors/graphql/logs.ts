import { appendLogs, countLogs, cursorOfLine, listLogs, logConditions, logFilter, type logOrders } from '../../core/logs/index.ts'
import { matches } from '../../kernel/filters.ts'
import type { LogEntry, LogLine } from '../../kernel/storage.ts'
import { asks, builder } from './builder.ts'
import { connectionType, pageArgs, paging } from './connections.ts'
import { logCursor } from './cursors.ts'
import { afterDescription, follow, follows, frameType } from './live.ts'

export const Log = builder.objectRef<LogLine & LogEntry>('Log').implement({
  description: 'A line that a run has logged.',
  fields: t => ({
    id: t.expose('id', { type: 'UUID', description: 'Its id.' }),
    name: t.exposeString('name', { description: 'The logger’s name.' }),
    level: t.exposeInt('level', { description: 'Python’s level: 10 debug, 20 info, 30 warning, 40 error, 50 critical.' }),
    message: t.exposeString('message', { description: 'What it says.' }),
    timestamp: t.expose('timestamp', { type: 'DateTime', description: 'When it was logged, by the run’s clock.' }),
    flowRunId: t.expose('flowRunId', { type: 'UUID', nullable: true, description: 'The flow run.' }),
    taskRunId: t.expose('taskRunId', { type: 'UUID', nullable: true, description: 'The task run.' }),
    cursor: t.field({
      type: 'Cursor',
      description: 'Its place in lists of lines, in either order: pass it as `after` for the lines behind it.',
      resolve: line => cursorOfLine(line),
    }),
  }),
})

const LogFilter = builder.inputType('LogFilter', {
  description: 'Which lines are meant. Parts are joined by "and".',
  fields: t => ({
    flowRunIds: t.field({ type: ['UUID'], description: 'Of any of these flow runs.' }),
    taskRunIds: t.field({ type: ['UUID'], description: 'Of any of these task runs.' }),
    names: t.stringList({ description: 'Of any of these loggers.' }),
    levelAtLeast: t.int({ description: 'Of this level or graver.' }),
    levelAtMost: t.int({ description: 'Of this level or lighter.' }),
    timestampAfter: t.field({ type: 'DateTime', description: 'Logged then or later.' }),
    timestampBefore: t.field({ type: 'DateTime', description: 'Logged then or earlier.' }),
    textContains: t.string({ description: 'Containing this, in either case.' }),
  }),
})

const LogOrder = builder.enumType('LogOrder', {
  description: 'How lines are ordered.',
  values: { TIMESTAMP_ASC: { description: 'Oldest first.' }, TIMESTAMP_DESC: { description: 'Newest first.' } } satisfies Record<
    (typeof logOrders)[number],
    object
  >,
})

builder.queryFields(t => ({
  logs: t.field({
    type: connectionType('Log', Log, countLogs, 'logCursor'),
    description: 'Log lines of the workspace.',
    args: {
      ...pageArgs(200),
      filter: t.arg({ type: LogFilter, description: 'Which.' }),
      orderBy: t.arg({ type: LogOrder, defaultValue: 'TIMESTAMP_ASC', description: 'In which order.' }),
    },
    extensions: asks(listLogs),
    async resolve(_root, { filter, orderBy, ...page }, { ctx }) {
      const cursor = logCursor(ctx)
      return {
        cursor,
        page: await listLogs(ctx, { ...paging(page), filter, orderBy: orderBy ?? undefined }),
        count: () => countLogs(ctx, { filter }),
      }
    },
  }),
}))

const LogInput = builder.inputType('LogInput', {
  description: 'A line to append.',
  fields: t => ({
    name: t.string({ required: true, description: 'The logger’s name.' }),
    level: t.int({ required: true, description: 'Python’s level.' }),
    message: t.string({ required: true, description: 'What it says.' }),
    timestamp: t.field({ type: 'DateTime', required: true, description: 'When it was logged.' }),
    flowRunId: t.field({ type: 'UUID', description: 'The flow run.' }),
    taskRunId: t.field({ type: 'UUID', description: 'The task run.' }),
  }),
})

const AppendLogsInput = builder.inputType('AppendLogsInput', {
  description: 'Lines to append.',
  fields: t => ({ logs: t.field({ type: [LogInput], required: true, description: 'In the order they are to stand.' }) }),
})

const AppendLogsPayload = builder.objectRef<{ count: number }>('AppendLogsPayload').implement({
  description: 'What was appended.',
  fields: t => ({ count: t.exposeInt('count', { description: 'How many lines.' }) }),
})

builder.mutationFields(t => ({
  appendLogs: t.field({
    type: AppendLogsPayload,
    description: 'Appends log lines.',
    args: { input: t.arg({ type: AppendLogsInput, required: true, description: 'The lines.' }) },
    extensions: asks(appendLogs),
    resolve: async (_root, { input }, { ctx }) => ({ count: await appendLogs(ctx, { lines: input.logs }) }),
  }),
}))

const LogAppends = frameType('LogAppends', 'logs', Log, 'Lines that were appended, in the order they were committed.')

builder.subscriptionFields(t => ({
  logAppended: t.field({
    type: LogAppends,
    description: 'Log lines as they are appended.',
    args: {
      filter: t.arg({ type: LogFilter, description: 'Which lines.' }),
      after: t.arg({ type: 'Cursor', description: afterDescription }),
    },
    extensions: follows(listLogs),
    subscribe: (_root, args, context) => {
      const conditions = logConditions(logFilter.nullish().parse(args.filter))
      return follow(context, args, {
        log: 'logs',
        continues: listLogs,
        stream: ctx => ctx.house.logs,
        items: async (_ctx, lines: readonly (LogLine & LogEntry)[]) => lines.filter(line => matches(conditions, { ...line })),
      })
    },
    resolve: frame => frame,
  }),
}))
