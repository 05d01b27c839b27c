import { describe, expect, test } from 'vitest'
import { startServer } from '../support/server.ts'
import { knock } from './ask.ts'

describe('an address that others can reach', () => {
  test('is not bound while nobody has to say who they are, and the refusal names both ways out', async () => {
    const refusal = await startServer({ args: ['--host', '0.0.0.0'] }).then(
      server => server.dispose().then(() => 'it started'),
      (error: Error) => error.message,
    )
    expect(refusal).toContain('The server ended with 1 before it was ready:')
    expect(refusal).toContain(
      '0.0.0.0 can be reached from other machines, and nobody would have to say who they are. Set CASTELLAN_SERVER_API_AUTH_STRING=user:password (also as PREFECT_SERVER_API_AUTH_STRING), or pass --allow-anonymous to let everybody in.',
    )
    expect(refusal).not.toMatch(/\n\s+at /)
  })

  test('is bound for everybody only when the operator says so, and the server says it of itself', async () => {
    const server = await startServer({ args: ['--host', '0.0.0.0', '--allow-anonymous'] })
    const query = encodeURIComponent('{ server { isAnonymousAllowed isAuthenticationRequired } }')
    const answer = await knock(server.port, { path: `/graphql?query=${query}` })
    expect(JSON.parse(answer.text).data.server).toEqual({ isAnonymousAllowed: true, isAuthenticationRequired: false })
    await server.dispose()
  })
})
