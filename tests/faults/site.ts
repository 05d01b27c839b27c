// One address at which servers come and go: whoever works or follows there asks for it anew when a connection breaks.
import { startServer, type TestServer } from '../support/server.ts'

export interface Site {
  readonly url: string
  readonly server: TestServer
  /** Starts a server on the site's database; the one before must be gone. */
  start(env?: Record<string, string>): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
  close(): Promise<void>
}

export function createSite(databaseUrl: string): Site {
  let server: TestServer | undefined
  const current = () => {
    if (!server) throw new Error('No server has been started on this site.')
    return server
  }
  return {
    get url() {
      return current().url
    },
    get server() {
      return current()
    },
    async start(env = {}) {
      await server?.dispose()
      server = await startServer({ databaseUrl, env })
    },
    kill: () => current().kill(),
    async close() {
      await server?.dispose()
      server = undefined
    },
  }
}
