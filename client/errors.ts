/** The server has refused the subscription, and would again. */
export class FollowError extends Error {
  /** The error's `extensions.code` (`INVALID`, `FORBIDDEN`, …), or `HTTP_` and the status. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'FollowError'
    this.code = code
  }
}

/** The way to the server broke, or it cannot answer now: to be tried again. */
export class ConnectionLost extends Error {}
