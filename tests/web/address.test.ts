import { describe, expect, test } from 'vitest'
import { matchPattern, pathBelow } from '../../web/src/match.ts'

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
})
