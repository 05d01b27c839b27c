import type { Ctx } from '../../kernel/context.ts'
import { encodeCursor } from '../../kernel/cursor.ts'

/** Taken before a list is read, so that what happens while it is read is sent again rather than missed. */
export const eventCursor = ({ house }: Ctx, seq = house.events.newest): string => encodeCursor({ logId: house.logId, log: 'events', seq })

export const logCursor = ({ house }: Ctx, seq = house.logs.newest): string => encodeCursor({ logId: house.logId, log: 'logs', seq })
