import { describe, expect, test } from 'vitest'
import { compileTemplate, defaultMessage, defaultSubject } from '../../src/core/notifications/message-template.ts'
import { messageVariables, type Occasion, timeText, valuesOf } from '../../src/core/notifications/message-variables.ts'
import { policyInput } from '../../src/core/notifications/notification-policy.inputs.ts'
import { matchesPolicy } from '../../src/core/notifications/notification-policy.rules.ts'
import { parseInstant } from '../../src/kernel/clock.ts'

const occasion: Occasion = {
  policyId: 'policy-1',
  policyName: null,
  workspaceSlug: 'default',
  flowId: 'flow-1',
  flowName: 'daily-etl',
  flowRunId: 'run-1',
  flowRunName: 'fuzzy-leopard',
  flowRunTags: ['etl', 'nightly'],
  flowRunParameters: { day: 3 },
  deploymentId: null,
  deploymentName: null,
  stateType: 'FAILED',
  stateName: 'Failed',
  stateTimestamp: parseInstant('2022-06-27T20:21:37Z')!,
  stateMessage: 'no disk',
}
const values = valuesOf(occasion, { url: 'http://127.0.0.1:4200', timeZone: 'America/New_York' })
const rendered = (template: string) => compileTemplate(template).render(values)

describe('a message', () => {
  test('says by default which run of which flow entered which state, and when, with the zone', () => {
    expect(rendered(defaultMessage)).toBe('The fuzzy-leopard run of the daily-etl flow entered a failed state at 2022-06-27 16:21:37 EDT.')
    expect(rendered(defaultSubject)).toBe('Flow run fuzzy-leopard of daily-etl: failed')
  })

  test.each([
    ['Late', 'a late state'],
    ['AwaitingRetry', 'an awaiting retry state'],
  ])('puts %s into words', (stateName, words) => {
    const message = compileTemplate(defaultMessage).render(valuesOf({ ...occasion, stateName }, { url: '', timeZone: 'UTC' }))
    expect(message).toContain(words)
  })

  test('knows every variable of the peer, in its form and in Liquid', () => {
    for (const { name } of messageVariables) expect(rendered(`{${name}}`)).toBe(rendered(`{{ ${name} }}`))
    expect(rendered('{flow_run_name}/{flow_name} {flow_run_state_type} {flow_run_parameters} {flow_run_state_timestamp}')).toBe(
      'fuzzy-leopard/daily-etl FAILED {"day":3} 2022-06-27T20:21:37.000000Z',
    )
    expect(rendered('{{ flow_run_url }}')).toBe('http://127.0.0.1:4200/runs/flow-run/run-1')
  })

  test('may loop, choose and filter', () => {
    expect(rendered('{% for tag in flow_run_tags %}#{{ tag | upcase }} {% endfor %}')).toBe('#ETL #NIGHTLY ')
    expect(rendered('{% if flow_run_state_type == "FAILED" %}!{% endif %}{{ flow_run_parameters.day }}')).toBe('!3')
  })

  test.each([
    ['{{ nobody }}', 'names nobody, which is no variable. There are: flow_run_notification_policy_id, flow_id,'],
    ['{nobody} {flow_id}', 'names nobody, which is no variable.'],
    ['{flow_id!r}', 'has {flow_id!r}: braces hold the name of a variable and nothing else'],
    ['{}', 'has {}: braces hold'],
    ['{{ flow_id | shout }}', 'is no template: undefined filter: shout'],
    ['{% include "/etc/passwd" %}', 'is no template: tag "include" not found'],
    ['{% if flow_id %}', 'is no template: tag {% if flow_id %} not closed'],
    ['{{ flow_id', 'is no template:'],
  ])('is refused when it reads %s', (messageTemplate, refusal) => {
    const parsed = policyInput.safeParse({ channelIds: ['0190f8f5-0000-7000-8000-000000000001'], messageTemplate })
    expect(parsed.error?.issues[0]).toMatchObject({ path: ['messageTemplate'], message: expect.stringContaining(refusal) })
  })

  test.each(['{% for n in (1..100000000) %}{{ n }}{% endfor %}', '{{ flow_name | append: flow_name | split: "" | join: flow_name }}'])(
    'cannot keep the server busy: %s',
    template => {
      const compiled = compileTemplate(template)
      const long = { ...values, flow_name: 'x'.repeat(5000) }
      expect(() => compiled.render(long)).toThrow(/limit exceeded/)
    },
  )

  test('has a time in any zone', () => {
    expect(timeText(occasion.stateTimestamp, 'UTC')).toBe('2022-06-27 20:21:37 UTC')
  })
})

describe('a policy', () => {
  const anything = { stateNames: [], stateTypes: [], tags: [], flowIds: [], deploymentIds: [] }
  const happening = { stateName: 'Late', stateType: 'SCHEDULED', tags: ['x', 'y'], flowId: 'f', deploymentId: null } as const

  test.each([
    [{}, true],
    [{ stateNames: ['Late'] }, true],
    [{ stateNames: ['late'] }, false],
    [{ stateTypes: ['SCHEDULED'] }, true],
    [{ stateNames: ['Failed'], stateTypes: ['SCHEDULED'] }, true],
    [{ stateTypes: ['FAILED'] }, false],
    [{ tags: ['y', 'z'] }, true],
    [{ tags: ['z'] }, false],
    [{ flowIds: ['f', 'g'] }, true],
    [{ flowIds: ['g'] }, false],
    [{ deploymentIds: ['d'] }, false],
    [{ stateNames: ['Late'], tags: ['z'] }, false],
  ] as const)('%j matches a late run with tags x and y: %s', (criteria, expected) => {
    expect(matchesPolicy({ ...anything, ...criteria } as never, happening)).toBe(expected)
  })
})
