import { describe, expect, test } from 'vitest'
import { AppError, isAppError } from '../../src/kernel/errors.ts'
import { asAppError, isCollision, isDataError } from '../../src/storage/postgres-errors.ts'
import { refuseUnfit } from '../../src/storage/postgres-fitness.ts'

const fault = (code: string, message = 'said') => Object.assign(new Error(message), { code })
const codeOf = (error: unknown) => (isAppError(error) ? error.code : 'as it was')

describe('an error of Postgres', () => {
  test.each([
    ['08006', 'UNAVAILABLE'],
    ['28P01', 'UNAVAILABLE'],
    ['3D000', 'UNAVAILABLE'],
    ['40001', 'UNAVAILABLE'],
    ['40P01', 'UNAVAILABLE'],
    ['53100', 'UNAVAILABLE'],
    ['53300', 'UNAVAILABLE'],
    ['55P03', 'UNAVAILABLE'],
    ['57014', 'UNAVAILABLE'],
    ['57P01', 'UNAVAILABLE'],
    ['25P03', 'UNAVAILABLE'],
    ['58030', 'UNAVAILABLE'],
    ['XX001', 'UNAVAILABLE'],
    ['22021', 'INVALID'],
    ['22P05', 'INVALID'],
    ['22003', 'as it was'],
    ['23505', 'as it was'],
    ['42601', 'as it was'],
    ['25P02', 'as it was'],
  ])('%s is %s', (code, expected) => {
    expect(codeOf(asAppError(fault(code)))).toBe(expected)
    expect(codeOf(asAppError(new Error('wrapped', { cause: fault(code) })))).toBe(expected)
  })

  test.each([
    ['ECONNREFUSED', 'connect ECONNREFUSED'],
    ['ECONNRESET', 'read ECONNRESET'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND db'],
    ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN db'],
    ['ETIMEDOUT', 'connect ETIMEDOUT'],
    ['EPIPE', 'write EPIPE'],
    ['', 'Connection terminated unexpectedly'],
    ['', 'Connection terminated due to connection timeout'],
    ['', 'timeout exceeded when trying to connect'],
    ['', 'Client has encountered a connection error and is not queryable'],
    ['', 'Query read timeout'],
    ['', 'Cannot use a pool after calling end on the pool'],
  ])('of the connection (%s %s) is unavailable', (code, message) => {
    expect(codeOf(asAppError(fault(code, message)))).toBe('UNAVAILABLE')
  })

  test('that is none, or ours already, stays what it is', () => {
    const [bug, own] = [new TypeError('x is undefined'), new AppError('NOT_FOUND', 'Flow x not found')]
    expect([asAppError(bug), asAppError(own), asAppError(null), asAppError(undefined)]).toEqual([bug, own, null, undefined])
  })

  test('speaks of the data of one command in classes 22 and 23 alone, also when it has become our own', () => {
    expect(['22021', '23505', '23503'].map(code => isDataError(asAppError(fault(code))))).toEqual([true, true, true])
    expect(['40P01', '57P01', '42601', '53100'].map(code => isDataError(asAppError(fault(code))))).toEqual([false, false, false, false])
    expect([isDataError(new Error('x')), isDataError(new AppError('INVALID', 'x')), isDataError(fault('ECONNRESET'))]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('is a collision, worth another run, for a deadlock and a serialization failure', () => {
    expect(['40001', '40P01', '40002', '55P03'].map(code => isCollision(asAppError(fault(code))))).toEqual([true, true, false, false])
  })
})

describe('a Postgres older than 15', () => {
  test.each([
    [{ version: '14.11', major: 14, encoding: 'UTF8' }, 'a (URL) is Postgres 14.11: 15 or newer is needed.'],
    [{ version: '15.0', major: 15, encoding: 'UTF8' }, undefined],
    [{ version: '18.4', major: 18, encoding: 'UTF8' }, undefined],
  ])('is refused: %j', async (row, expected) => {
    const pool = { query: async () => ({ rows: [row] }) }
    const said = await refuseUnfit(pool as never, 'a', 'URL').catch((error: Error) => error.message)
    expect(said).toBe(expected)
  })
})
