// The pages from their sources, as `npm run dev` serves them: /dev/parts is in no build.
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** Serves the sources beside a running server; answers their address and how to stop. */
export async function openWorkshop(serverUrl: string): Promise<{ url: string; close(): Promise<void> }> {
  const proxy = { target: serverUrl, ws: true }
  const workshop = await createServer({
    configFile: fileURLToPath(new URL('../../../web/vite.config.ts', import.meta.url)),
    logLevel: 'silent',
    server: { host: '127.0.0.1', port: 0, hmr: false, proxy: { '/graphql': proxy, '/api': proxy } },
  })
  await workshop.listen()
  const address = workshop.httpServer?.address()
  if (address === null || typeof address !== 'object') throw new Error('The workshop has no address.')
  return { url: `http://127.0.0.1:${address.port}`, close: () => workshop.close() }
}
