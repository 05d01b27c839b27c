export { isLoopback } from './guard.ts'
export { createListener, type Listener } from './listener.ts'
export type { SocketRoute } from './sockets.ts'
