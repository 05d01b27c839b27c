import { expect, test } from 'vitest'
import { allows, type Grants, owner, type Permission, systemActor } from '../../../src/kernel/permissions.ts'

test.each([
  ['*', 'flow:admin', true],
  [{ flow: 'read' }, 'flow:read', true],
  [{ flow: 'read' }, 'flow:write', false],
  [{ flow: 'write' }, 'flow:read', true],
  [{ flow: 'write' }, 'flow:admin', false],
  [{ flow: 'admin' }, 'flow:write', true],
  [{ flow: 'admin' }, 'flow-run:read', false],
  [{}, 'flow:read', false],
  [{ flow: 'read' }, 'toString:read', false],
  [{}, 'constructor:read', false],
  [{}, '__proto__:read', false],
] as [Grants, Permission, boolean][])('%j allows %s: %s', (grants, needed, expected) => {
  expect(allows(grants, needed)).toBe(expected)
})

test('the owner and the house’s own loops may do everything, and are told apart by name', () => {
  expect(owner.grants).toBe('*')
  expect(systemActor('late-runs')).toEqual({ id: 'system:late-runs', kind: 'system', name: 'late-runs', grants: '*' })
})
