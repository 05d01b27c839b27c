import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { printPolicyText, readPolicyText } from '../../src/core/notifications/policy-text.ts'
import { type WrittenPolicy, writtenPolicy } from '../../src/core/notifications/written-policy.ts'

const policy = (over: Partial<WrittenPolicy> = {}): WrittenPolicy => ({
  ...writtenPolicy.parse({ channels: ['slack-webhook/a'] }),
  ...over,
})
const read = (text: string) => {
  const { policies, problems } = readPolicyText(text)
  return { policies, problems: problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`) }
}

/** Texts that YAML could take for something else, or that are hard to write. */
const hardTexts = [
  'yes',
  'null',
  '~',
  '1e3',
  '0x10',
  '2026-11-30',
  ' a ',
  'a: b',
  '- a',
  '#a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a`',
  '"',
  "'",
  '{{ flow_run_name }}',
  '{a}',
  '[a]',
  'a\nb',
  'a\n\n b\n',
  '\n a',
  'a\r\nb',
  'a\tb',
  'a\u0000b\u0007',
  '\u2028',
  '\ufeff',
  'żółw 🐢',
  '---',
  '...',
  'a'.repeat(255),
  `${'word '.repeat(20)}\n${'word '.repeat(20)}`,
]

describe('a file of policies', () => {
  test('says what is not at its default, in one order, whatever order they come in', () => {
    const many = [
      policy({ isActive: false, stateTypes: ['FAILED'], channels: ['slack-webhook/a', 'smtp-email/b'] }),
      policy({ name: 'late', stateNames: ['Late'], groupBy: 'FLOW', maxPerWindow: 3 }),
      policy({ name: 'early', messageTemplate: 'one\ntwo {{ flow_name }}\n' }),
    ]
    const text = `# Notification policies. What is left out is at its default.
# Channels stand on the server with their secrets, and are named here: kind/name.

version: 1
policies:
  - name: early
    channels:
      - slack-webhook/a
    messageTemplate: |
      one
      two {{ flow_name }}
  - name: late
    stateNames:
      - Late
    channels:
      - slack-webhook/a
    groupBy: FLOW
    maxPerWindow: 3
  - isActive: false
    stateTypes:
      - FAILED
    channels:
      - slack-webhook/a
      - smtp-email/b
`
    expect(printPolicyText(many)).toBe(text)
    expect(printPolicyText(many.toReversed())).toBe(text)
    expect(readPolicyText(text).policies).toEqual([many[2], many[1], many[0]])
  })

  test('is as docs/notifications.md shows one', () => {
    const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8')
    const shown = /^```yaml\n(.*?)^```$/ms.exec(page)![1]!
    expect(read(shown)).toMatchObject({ problems: [], policies: [{ name: 'nightly failures', groupBy: 'FLOW' }] })
  })

  test('without policies is one, too', () => {
    expect(read(printPolicyText([]))).toEqual({ policies: [], problems: [] })
  })

  test.each(hardTexts)('brings back %j as it was', hard => {
    const written = policy({ tags: [hard.trim() || 'x'], subjectTemplate: hard.replace('{a}', 'a'), flows: [hard], channels: [hard] })
    const once = printPolicyText([written])
    expect(readPolicyText(once)).toMatchObject({ problems: [], policies: [written] })
    expect(printPolicyText(readPolicyText(once).policies as WrittenPolicy[])).toBe(once)
  })

  test.each([
    ['', ['1:1 : Invalid input: expected object, received null']],
    ['policies', ['1:1 : Invalid input: expected object, received string']],
    ['version: 1\n', ['1:1 policies: is missing']],
    ['version: 2\npolicies: []\n', ['1:1 version: is no version that is known here: 1 is']],
    ['policy: []\npolicies: []\n', ['1:1 policy: is no field. There are: version, policies']],
    ['policies: {}\n', ['1:1 policies: Invalid input: expected array, received object']],
    ['policies:\n  - name: a\n   tags: [x]\n', ['3:1 : is no YAML: Sequence item without - indicator']],
    ['policies: [\n', ['2:1 : is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]']],
    ['policies: []\n---\npolicies: []\n', ['2:1 : is no YAML: Source contains multiple documents']],
    ['policies: !!js/function "x"\n', ['1:11 : is no YAML: Unresolved tag: tag:yaml.org,2002:js/function']],
    ['policies:\n  - tags: [x]\n', ['2:5 policies[0].channels: is missing']],
    ['policies:\n  - channels: []\n', ['2:5 policies[0].channels: must name 1 to 10 channels']],
    ['policies:\n  - slack\n', ['2:5 policies[0]: Invalid input: expected object, received string']],
    [
      'policies:\n  - channels: [a]\n    tag: [x]\n    tags: [1]\n',
      ['4:12 policies[0].tags[0]: Invalid input: expected string, received number', '3:5 policies[0].tag: is no field. There are: name, '],
    ],
    [
      'policies:\n  - channels: [a]\n    stateTypes:\n      - FAILED\n      - FALED\n',
      ['5:9 policies[0].stateTypes[1]: Invalid option: expected one of "SCHEDULED"|'],
    ],
    [
      'policies:\n  - channels: [a]\n    messageTemplate: "{{ flow }}"\n  - channels: [a]\n    windowSeconds: 0\n',
      [
        '3:5 policies[0].messageTemplate: names flow, which is no variable. There are: ',
        '5:5 policies[1].windowSeconds: Too small: expected number to be >=1',
      ],
    ],
    ['policies:\n  - channels: [a]\n    name: a\n    name: b\n', ['4:5 : is no YAML: Map keys must be unique']],
    ['policies:\n  - channels: [a]\n    ? [x]\n    : y\n', ['3:7 : is no YAML: With stringKeys, all keys must be strings']],
  ])('%j is refused, with what, where and in which place', (text, expected) => {
    const { problems } = read(text)
    expect(problems).toEqual(expected.map(one => expect.stringContaining(one)))
  })

  test('may say the same in several places, and cannot be made large by it', () => {
    const shared = 'policies:\n  - { name: a, channels: &all [x/a, x/b] }\n  - { name: b, channels: *all }\n'
    expect(readPolicyText(shared).policies.map(one => one?.channels)).toEqual([
      ['x/a', 'x/b'],
      ['x/a', 'x/b'],
    ])
    const layers = Array.from({ length: 30 }, (_, index) => `&l${index + 1} [${`*l${index}, `.repeat(9)}*l${index}]`)
    expect(read(`policies: [&l0 [x], ${layers.join(', ')}]`).problems).toHaveLength(31)
    expect(read('policies: [&a { name: *a, channels: [x] }]').problems).toEqual([
      '1:17 policies[0].name: Invalid input: expected string, received object',
    ])
  })

  test.each([
    ['['.repeat(300_000), 'is nested more than 20 deep'],
    ['- '.repeat(150_000), 'is nested more than 20 deep'],
    [`[&a a, ${'*a, '.repeat(70_000)}]`, 'has more than 2000 anchors and aliases'],
  ])('that would keep the server busy is refused unread: %.10s…', (text, refusal) => {
    expect(read(`policies: ${text}`).problems).toEqual([`1:1 : is no YAML: ${refusal}`])
  })

  test('with a thousand mistakes has a hundred of them told', () => {
    expect(read(`policies:\n${'  - a\n'.repeat(1000)}`).problems).toHaveLength(100)
    expect(read(`{ ${Array.from({ length: 1000 }, (_, index) => `k${index}: 1`).join(', ')} }`).problems.length).toBeLessThanOrEqual(101)
  })
})
