import type { WebSocket } from 'ws'

export const PROTOCOL = 'prefect'

const POLICY_VIOLATION = 1008

/** The SDK's first frame: `{"type":"auth","token":…}`, demanded even when authentication is off. Answers whether the socket may go on. */
export function admitAuthFrame(socket: WebSocket, text: string, isRightToken: (token: unknown) => boolean): boolean {
  const frame = parse(text)
  if (frame?.type !== 'auth') return close(socket, "Expected 'auth' message")
  if (!isRightToken(frame.token)) return close(socket, 'Unauthorized')
  socket.send('{"type":"auth_success"}')
  return true
}

function close(socket: WebSocket, reason: string): false {
  socket.close(POLICY_VIOLATION, reason)
  return false
}

function parse(text: string): { type?: unknown; token?: unknown } | undefined {
  try {
    return JSON.parse(text) as { type?: unknown; token?: unknown }
  } catch {
    return undefined
  }
}
