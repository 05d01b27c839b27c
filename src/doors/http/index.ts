export { createListener, type Listener } from './listener.ts'
export { isLoopback } from './guard.ts'
export type { SocketRoute } from './sockets.ts'
