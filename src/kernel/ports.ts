import { unavailable } from './errors.ts'

/** What a concept needs from outside, named by the concept and filled in main.ts: core may ask for it without knowing who gives it. */
export interface Port<Service> {
  readonly name: string
  /** For the type alone. */
  readonly service?: Service
}

export const port = <Service>(name: string): Port<Service> => Object.freeze({ name })

export interface Ports {
  provide<Service>(port: Port<Service>, service: Service): void
  /** Throws UNAVAILABLE where nothing was provided, as in a command that only looks at the database. */
  use<Service>(port: Port<Service>): Service
}

export function createPorts(): Ports {
  const services = new Map<Port<unknown>, unknown>()
  return {
    provide: (port, service) => void services.set(port, service),
    use<Service>(port: Port<Service>) {
      if (!services.has(port)) throw unavailable(`Nothing here provides ${port.name}.`)
      return services.get(port) as Service
    },
  }
}
