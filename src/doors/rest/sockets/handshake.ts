import type { WebSocket } from 'ws'

export const PROTOCOL = 'prefect'

export interface Guard {
  isRightToken(token: unknown): boolean
}

const POLICY_VIOLATION = 1008

/** The SDK's first frame: `{"type":"auth","token":…}`, demanded even when authentication is off. Answers whether the socket may go on. */
export function admitAuthFrame(socket: WebSocket, text: string, isRightToken: (token: unknown) => boolean): boolean {
  const frame = frameOf(text)
  if (frame?.type !== 'auth') return close(socket, "Expected 'auth' message")
  if (!isRightToken(frame.token)) return close(socket, 'Unauthorized')
  socket.send('{"type":"auth_success"}')
  return true
}

function close(socket: WebSocket, reason: string): false {
  socket.close(POLICY_VIOLATION, reason)
  return false
}

export function frameOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>> | undefined
  } catch {
    return undefined
  }
}
