import { describe, expect, test } from 'vitest'
import { matchPattern, pathBelow } from '../../web/src/match.ts'
import { movedTo, routes } from '../../web/src/routes.ts'

describe('a page address', () => {
  test('gives its parameters, decoded', () => {
    expect(matchPattern('work-pools/work-pool/:name', 'work-pools/work-pool/k8s%20prod')).toEqual({ name: 'k8s prod' })
  })

  test('may end with a slash', () => {
    expect(matchPattern('variables', 'variables/')).toEqual({})
  })

  test('does not match another length, an empty parameter or a broken escape', () => {
    expect(matchPattern('runs/flow-run/:id', 'runs/flow-run')).toBeUndefined()
    expect(matchPattern('runs/flow-run/:id', 'runs/flow-run/')).toBeUndefined()
    expect(matchPattern('runs/flow-run/:id', 'runs/flow-run/%E0%A4%A')).toBeUndefined()
  })

  test('is read below the base path', () => {
    expect(pathBelow('/', '/dashboard')).toBe('dashboard')
    expect(pathBelow('/under/path/', '/under/path/dashboard')).toBe('dashboard')
    expect(pathBelow('/under/path/', '/under/path')).toBe('')
    expect(pathBelow('/under/path/', '/elsewhere')).toBeUndefined()
  })

  test('of other days, as older SDKs print it, leads to the one of today', () => {
    expect(movedTo('flow-runs/flow-run/0198%2Fa')).toBe('runs/flow-run/0198%2Fa')
    expect(movedTo('flow-runs/task-run/1')).toBe('runs/task-run/1')
    expect(movedTo('flow-runs')).toBe('runs')
    expect(movedTo('deployments/deployment/1')).toBe('runs?deployment=1')
    expect(movedTo('runs/flow-run/1')).toBeUndefined()
  })

  test.each([
    'flows/flow/1',
    'runs/flow-run/1',
    'runs/task-run/1',
    'blocks/block/1',
    'blocks/catalog',
    'blocks/catalog/secret/create',
    'events/event/2026-11-25/1',
  ])('that an SDK prints has a page: %s', path => {
    expect(routes.some(({ pattern }) => matchPattern(pattern, path))).toBe(true)
  })
})
