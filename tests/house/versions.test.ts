import { expect, test } from 'vitest'
import { satisfies } from '../../scripts/versions.js'

const range = '^24.15.0 || >=26.8.0'

test.each([
  ['20.20.2', false],
  ['24.14.9', false],
  ['24.15.0', true],
  ['24.21.0', true],
  ['25.1.0', false],
  ['26.7.9', false],
  ['26.8.0', true],
  ['26.10.0', true],
  ['28.0.0', true],
  ['27.0.0-nightly20260101', true],
])('Node %s is told apart by the engines of package.json: %s', (version, isFine) => {
  expect(satisfies(version, range)).toBe(isFine)
})

test('a range in another form is refused, not guessed', () => {
  expect(() => satisfies('26.8.0', '~26.8')).toThrow('"~26.8" is neither')
})
