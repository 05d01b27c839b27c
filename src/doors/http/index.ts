export { isLoopback } from './guard.ts'
export { addressFor, createListener, type Listener } from './listener.ts'
export type { SocketRoute } from './sockets.ts'
