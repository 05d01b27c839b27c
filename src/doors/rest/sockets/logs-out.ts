import { z } from 'zod'
import { listLogs } from '../../../core/logs/index.ts'
import { matches } from '../../../kernel/filters.ts'
import { authorise } from '../../../kernel/operation.ts'
import { logFilter } from '../filters/log-filter.ts'
import { logToWire } from '../logs.ts'
import type { Outlet } from './outlet.ts'

const asked = z.object({ filter: logFilter })

/** `/logs/out`: lines as they come; what was logged before is not told, as at the peer. */
export const logsOut: Outlet = {
  path: '/api/logs/out',
  noun: 'log',
  async *open(ctx, frame, signal) {
    const { filter } = asked.parse(frame)
    authorise(ctx, listLogs.operation)
    for await (const { entries } of ctx.house.logs.follow(ctx.house.logs.newest, signal)) {
      const own = entries.filter(line => line.workspaceId === ctx.workspace.id && matches(filter, { ...line }))
      if (own.length > 0) yield own.map(logToWire)
    }
  },
}
