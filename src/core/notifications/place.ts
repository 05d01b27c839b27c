import type { Ctx } from '../../kernel/context.ts'
import type { Place } from './message-variables.ts'

/** Where links lead to, and in which zone times are written. */
export function placeOf({ house }: Pick<Ctx, 'house'>): Place {
  const { uiUrl, notificationsTimeZone, host } = house.settings
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${house.endpoint.port}`
  return { url: (uiUrl ?? own).replace(/\/+$/, ''), timeZone: notificationsTimeZone }
}
