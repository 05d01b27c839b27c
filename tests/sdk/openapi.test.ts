// Answers of the REST door, held against the document that the SDK's own server makes of itself.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRest, type RestHouse } from '../doors/rest-house.ts'
import { missingPython } from '../support/python.ts'
import { describeUnless } from '../support/skip.ts'
import { checkAgainst, type OpenApi, readPeerDocument, routeOf, routesOf } from './openapi.ts'
import { type Told, tellStory } from './rest-story.ts'

/** What the peer had in its version 2 and has no more; told of in tests/doors/rest-notification-policies.test.ts. */
const isOfVersion2 = (route: string): boolean => route.includes('/flow_run_notification_policies/')

describeUnless(missingPython(), 'the OpenAPI of the Prefect SDK', () => {
  let rest: RestHouse
  let document: OpenApi
  let story: (Told & { route: string })[]
  beforeAll(async () => {
    rest = await openRest()
    document = await readPeerDocument()
    const served = servedRoutes(rest)
    story = (await tellStory(rest)).map(told => ({ ...told, route: routeAsked(served, told) }))
  })
  afterAll(() => rest?.close())

  test('knows every route that is served, and every one but that of tokens is asked and not refused', () => {
    const known = new Set(routesOf(document))
    const served = servedRoutes(rest)
    expect(served.filter(route => !known.has(route) && !isOfVersion2(route))).toEqual([])
    const answered = story.filter(({ status }) => status < 300)
    expect(new Set(answered.map(({ route }) => route))).toEqual(
      new Set(served.filter(route => route !== 'GET /csrf-token' && !isOfVersion2(route))),
    )
  })

  test('describes every answer, property for property', () => {
    const misfit = checkAgainst(document)
    const misfits = story
      .filter(({ status }) => status !== 422)
      .flatMap(told => {
        const why = misfit(told)
        return why ? [`${told.route} ${told.status}: ${why}`] : []
      })
    expect([...new Set(misfits)]).toEqual([])
  })

  // The document has the shape of its framework here, which the package's server replaces by its own.
  test('does not describe refusals, which are a sentence or a list of what is wrong where', () => {
    const refusals = story.filter(({ status }) => status === 422)
    expect(refusals).toHaveLength(9)
    for (const { body, path } of refusals) {
      expect(
        [
          { detail: expect.any(String) },
          { exception_message: 'Invalid request received.', exception_detail: expect.any(Array), request_body: expect.anything() },
        ],
        path,
      ).toContainEqual(body)
      for (const issue of (body as any).exception_detail ?? [])
        expect(issue).toEqual({ type: expect.any(String), loc: expect.any(Array), msg: expect.any(String) })
    }
  })

  test('bites on a property that is missing, one too many, and one of another kind', () => {
    const misfit = checkAgainst(document)
    const { body, ...answer } = story.find(({ route }) => route === 'GET /flows/{}')!
    const { name, ...nameless } = body as { name: string }
    expect(misfit({ ...answer, body })).toBeUndefined()
    expect(misfit({ ...answer, body: nameless })).toMatch(/name/)
    expect(misfit({ ...answer, body: { ...nameless, name, extra: 1 } })).toMatch(/additional/)
    expect(misfit({ ...answer, body: { ...nameless, name, created: 'yesterday' } })).toMatch(/created/)
    expect(misfit({ ...answer, status: 202, body })).toMatch(/202/)
  })
})

const servedRoutes = (rest: RestHouse): string[] =>
  rest.doors.routes
    .map(route => route.split(' ') as [string, string])
    .filter(([method, path]) => method !== 'HEAD' && /^\/api\/(?!workspaces\/)/.test(path))
    .map(([method, path]) => routeOf(method, path.replace('/api', '')))

/** The route among those served that was asked: the one with the fewest parameters that fits. */
function routeAsked(served: readonly string[], { method, path }: Told): string {
  const asked = `${method} ${path.split('?')[0]}`
  const fits = served.filter(route => new RegExp(`^${route.replaceAll('{}', '[^/]+')}$`).test(asked))
  return fits.toSorted((a, b) => a.split('{}').length - b.split('{}').length)[0]!
}
