import { defaultWorkspace } from '../core/workspaces/index.ts'
import { createContext, type House } from '../kernel/context.ts'
import { systemActor } from '../kernel/permissions.ts'
import { createBell } from './bell.ts'
import { startDeliverer } from './deliverer.ts'
import type { Loop } from './loop.ts'
import { startNotifier } from './notifier.ts'
import { startRetention } from './retention.ts'

/** All background services of this server, each as an actor of its own name. */
export function startServices(house: House): Loop {
  const as = (name: string) => createContext(house, { workspace: defaultWorkspace, actor: systemActor(name) })
  const loops = [startRetention(as('retention')), ...(house.settings.notificationsEnabled ? startNotifications(as) : [])]
  return { stop: async () => void (await Promise.all(loops.map(loop => loop.stop()))) }
}

function startNotifications(as: (name: string) => ReturnType<typeof createContext>): Loop[] {
  const deliverer = as('deliverer')
  const bell = createBell(deliverer.clock)
  return [startNotifier(as('notifier'), bell.ring), startDeliverer(deliverer, bell)]
}
