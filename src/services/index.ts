import { defaultWorkspace } from '../core/workspaces/index.ts'
import { createContext, type House } from '../kernel/context.ts'
import { systemActor } from '../kernel/permissions.ts'
import type { Loop } from './loop.ts'
import { startRetention } from './retention.ts'

const services = { retention: startRetention } as const

/** All background services of this server, each as an actor of its own name. */
export function startServices(house: House): Loop {
  const loops = Object.entries(services).map(([name, start]) =>
    start(createContext(house, { workspace: defaultWorkspace, actor: systemActor(name) })),
  )
  return { stop: async () => void (await Promise.all(loops.map(loop => loop.stop()))) }
}
