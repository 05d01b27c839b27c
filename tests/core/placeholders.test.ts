import { describe, expect, test } from 'vitest'
import { fillPlaceholders, reasonUnfilled } from '../../src/core/variables/index.ts'

const variables: Record<string, unknown> = { limits: { most: 3 }, name: 'limits', nothing: null }
const ground = { find: async (name: string) => variables[name], field: 'parameters', called: 'flow run parameters' }
const fill = (values: Record<string, unknown>) => fillPlaceholders(values, ground)
const kind = (name: unknown, rest: object = {}) => ({ __prefect_kind: name, ...rest })

describe('what stands for a value in parameters', () => {
  test.each([
    ['is left alone when it stands for nothing', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    ['is a text of JSON', { a: kind('json', { value: '{"b":[1]}' }) }, { a: { b: [1] } }],
    ['is JSON that is one already', { a: kind('json', { value: [1] }), b: kind('json', { value: 2 }) }, { a: [1], b: 2 }],
    ['is a variable', { a: [kind('workspace_variable', { variable_name: 'limits' })] }, { a: [{ most: 3 }] }],
    ['is a variable without a value', { a: kind('workspace_variable', { variable_name: 'nothing' }) }, { a: null }],
    [
      'is named by another',
      { a: kind('workspace_variable', { variable_name: kind('workspace_variable', { variable_name: 'name' }) }) },
      { a: { most: 3 } },
    ],
    ['goes on below a kind of none', { a: kind('none', { value: { b: kind('json', { value: '1' }) } }) }, { a: { b: 1 } }],
    ['is left out when it names no value', { a: kind('json'), b: [kind('workspace_variable')], c: 1 }, { b: [], c: 1 }],
    ['leaves nothing when it is all there is', kind('json'), {}],
    ['is its own value under a kind that is unknown', { a: kind('later', { value: 1 }), b: kind(null) }, { a: 1, b: null }],
    ['is a template without anything to fill in', { a: kind('jinja', { template: 'plain { }' }) }, { a: 'plain { }' }],
  ])('%s', async (_title, given, expected) => {
    expect(await fill(given)).toEqual(expected)
  })

  test.each([
    [kind('none'), "Missing 'value' key in __prefect object"],
    [kind('json', { value: '{' }), 'Invalid JSON: '],
    [kind('workspace_variable', { variable_name: 'none' }), "Variable 'none' not found in workspace."],
    [kind('jinja'), "Missing 'template' key in __prefect object"],
    [kind('jinja', { template: '{{ now }}' }), 'Invalid jinja: this server renders no templates in parameters'],
  ])('is refused when there is none: %j', async (given, reason) => {
    const error = await fill({ a: { b: [given] } }).catch(thrown => thrown)
    expect(reasonUnfilled(error)).toMatch(`Error hydrating flow run parameters: ${reason}`)
    expect(error).toMatchObject({ code: 'INVALID', facts: { issues: [{ path: ['parameters'] }] } })
  })
})
