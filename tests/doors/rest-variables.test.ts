import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anyUuid, openRest, type RestHouse, time } from './rest-house.ts'

let rest: RestHouse
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const ask: RestHouse['ask'] = (...asked) => rest.ask(...asked)

describe('variables', () => {
  test('live from 201 over 204 to 404', async () => {
    const made = await ask('POST', '/variables/', { name: 'answer', value: { n: [42] }, tags: ['t'] })
    expect([made.status, made.body]).toEqual([
      201,
      { id: anyUuid, created: time, updated: time, name: 'answer', value: { n: [42] }, tags: ['t'] },
    ])
    expect(await ask('GET', '/variables/name/answer')).toMatchObject({ status: 200, body: made.body })
    expect(await ask('PATCH', '/variables/name/answer', { value: null })).toMatchObject({ status: 204, body: undefined })
    expect((await ask('GET', '/variables/name/answer')).body).toMatchObject({ value: null, tags: ['t'] })
    expect(await ask('DELETE', '/variables/name/answer')).toMatchObject({ status: 204, body: undefined })
    for (const [method, body] of [['GET'], ['DELETE'], ['PATCH', { value: 1 }]] as const) {
      expect(await ask(method, '/variables/name/answer', body)).toMatchObject({
        status: 404,
        body: { detail: 'Variable answer not found' },
      })
    }
  })

  test('of one name twice are 409', async () => {
    expect((await ask('POST', '/variables/', { name: 'twice', value: 1 })).status).toBe(201)
    expect(await ask('POST', '/variables/', { name: 'twice', value: 2 })).toMatchObject({
      status: 409,
      body: { detail: 'A variable twice exists already.' },
    })
    expect((await ask('GET', '/variables/name/twice')).body.value).toBe(1)
  })

  test.each([{ name: 'with blank', value: 1 }, { name: '', value: 1 }, { value: 1 }, { name: 'long', value: 'x'.repeat(5000) }])(
    'that cannot be are 422: %j',
    async body => {
      expect((await ask('POST', '/variables/', body)).status).toBe(422)
    },
  )
})
