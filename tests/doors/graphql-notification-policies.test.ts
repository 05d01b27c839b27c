import { afterAll, beforeAll, expect, test } from 'vitest'
import { installBlockTypes } from '../../src/core/blocks/index.ts'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { owner } from '../../src/kernel/permissions.ts'
import { graphql } from './ask.ts'
import { type Doors, openDoors } from './house.ts'

let doors: Doors
beforeAll(async () => {
  doors = await openDoors()
  await installBlockTypes(doors.house.as(owner), {})
})
afterAll(() => doors.close())

const ask = (document: string, variables?: object) => graphql(`${doors.url}/graphql`, document, variables)

const create = (input: object) =>
  ask(
    `mutation ($input: CreateNotificationPolicyInput!) {
      createNotificationPolicy(input: $input) { notificationPolicy { id channelIds sentence { kind text } } }
    }`,
    { input },
  )

const update = (input: object) =>
  ask(
    'mutation ($input: UpdateNotificationPolicyInput!) { updateNotificationPolicy(input: $input) { notificationPolicy { id channelIds } } }',
    {
      input,
    },
  )

const channelsThere = async (): Promise<string[]> =>
  (await ask('{ blockDocuments(filter: { capabilities: ["notify"] }) { nodes { name blockType { slug } } } }')).data[
    'blockDocuments'
  ].nodes.map((one: { name: string; blockType: { slug: string } }) => `${one.blockType.slug}/${one.name}`)

const policyCount = async (): Promise<number> =>
  (await ask('{ notificationPolicies { totalCount { value } } }')).data['notificationPolicies'].totalCount.value

const slack = { slackWebhook: { url: 'https://hooks.slack.com/services/S3cret' } }

test('a policy and its channels are made at once: by their fields, by an Apprise URL, with or without a name; and those that are there are named', async () => {
  const { data, errors } = await create({ channels: [{ create: { name: 'alerts', channel: slack } }, { create: { channel: slack } }] })
  expect(errors).toBeUndefined()
  const { channelIds, sentence } = data['createNotificationPolicy'].notificationPolicy
  expect(sentence.filter(({ kind }: { kind: string }) => kind === 'CHANNEL').map(({ text }: { text: string }) => text)).toEqual([
    'alerts',
    'slack-webhook',
  ])
  const channels = [
    { create: { channel: { url: 'slack://a/b/S3cret' } } },
    { reference: 'slack-webhook/alerts' },
    { reference: 'slack-webhook' },
    { id: channelIds[0] },
  ]
  const second = (await create({ channels })).data['createNotificationPolicy'].notificationPolicy
  expect(second.channelIds).toEqual([expect.any(String), ...channelIds])
  expect(await channelsThere()).toEqual(['slack-webhook/alerts', 'slack-webhook/slack-webhook', 'slack-webhook/slack-webhook-2'])
  const changed = await update({ id: second.id, channels: [{ reference: 'alerts' }] })
  expect(changed.data['updateNotificationPolicy'].notificationPolicy.channelIds).toEqual([channelIds[0]])
})

test.each([
  [{ channels: [] }, 'channels: must name 1 to 10 channels'],
  [{}, 'channelIds: must name 1 to 10 channels'],
  [{ channelIds: ['019ab000-0000-7000-8000-00000000dead'], channels: [{ reference: 'alerts' }] }, 'channels: goes without channelIds'],
  [{ channels: [{ reference: 'nobody' }] }, 'channels.0: is no channel here. There are: slack-webhook/alerts, '],
  [{ channels: [{ create: { name: 'new', channel: slack } }, { id: '019ab000-0000-7000-8000-00000000dead' }] }, 'not found'],
  [{ channels: [{ create: { name: 'new', channel: slack } }, { create: { name: 'alerts', channel: slack } }] }, 'Block already exists'],
  [{ channels: [{ create: { name: 'new', channel: { slackWebhook: { url: 'S3cret' } } } }] }, 'url: must be an http:// or https:// URL'],
  [{ channels: [{ create: { name: 'Not fit', channel: slack } }] }, 'name: must only contain lowercase letters, numbers, and dashes'],
  [{ channels: [{ reference: 'alerts', id: '019ab000-0000-7000-8000-00000000dead' }] }, 'exactly one field must be specified'],
  [{ channels: [{ create: { name: 'new', channel: slack } }], messageTemplate: '{{ nobody }}' }, 'names nobody, which is no variable'],
])('where one of them cannot be made nothing is: %j', async (input, message) => {
  const before = [await channelsThere(), await policyCount()]
  const { errors } = await create(input)
  expect(errors![0].message).toContain(message)
  expect(JSON.stringify(errors)).not.toContain('S3cret')
  expect([await channelsThere(), await policyCount()]).toEqual(before)
})

const PLAN = `{ fingerprint steps { action policyId name line changes { field before after } } problems { line column path message } }`
const plan = async (yaml: string, prune?: boolean) =>
  (await ask(`query ($yaml: String!, $prune: Boolean) { planNotificationPolicies(yaml: $yaml, prune: $prune) ${PLAN} }`, { yaml, prune }))
    .data['planNotificationPolicies']
const apply = (input: object) =>
  ask(`mutation ($input: ApplyNotificationPoliciesInput!) { applyNotificationPolicies(input: $input) { plan ${PLAN} } }`, { input })

test('a file is exported, planned, and applied as it was planned', async () => {
  const exported: string = (await ask('{ notificationPoliciesYaml }')).data['notificationPoliciesYaml']
  expect(exported).not.toContain('S3cret')
  expect((await plan(exported, true)).steps.map(({ action }: { action: string }) => action)).toEqual(['UNCHANGED', 'UNCHANGED'])
  const yaml = `${exported}  - name: third\n    channels: [alerts]\n    tags: [x]\n`
  const planned = await plan(yaml)
  expect(planned).toMatchObject({
    fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    problems: [],
    steps: [
      {},
      {},
      {
        action: 'CREATE',
        policyId: null,
        name: 'third',
        line: yaml.split('\n').length - 3,
        changes: [
          { field: 'name', before: null, after: 'third' },
          { field: 'tags', before: null, after: ['x'] },
          { field: 'channels', before: null, after: ['slack-webhook/alerts'] },
        ],
      },
    ],
  })
  const { fingerprint } = planned
  const applied = (await apply({ yaml, fingerprint })).data['applyNotificationPolicies'].plan
  expect(applied.steps[2].policyId).toEqual(expect.any(String))
  expect((await apply({ yaml, fingerprint })).errors).toBeUndefined()
  const { errors } = await apply({ yaml: yaml.replace('[x]', '[y]'), fingerprint })
  expect(errors![0]).toMatchObject({
    extensions: { code: 'CONFLICT' },
    message: expect.stringContaining(`This is not the plan ${fingerprint}`),
  })
})

test('a file that cannot be used says so with line and column, planned or applied', async () => {
  const yaml = 'policies:\n  - channels: [nobody]\n'
  const problem = { line: 2, column: 16, path: 'policies[0].channels[0]', message: expect.stringContaining('is no channel here') }
  expect(await plan(yaml)).toMatchObject({ fingerprint: null, steps: [], problems: [problem] })
  const { errors } = await apply({ yaml, fingerprint: '' })
  expect(errors![0]).toMatchObject({
    extensions: { code: 'INVALID', path: ['policies[0].channels[0]'] },
    message: expect.stringMatching(/^policies\[0\]\.channels\[0\]: is no channel here\. .* \(line 2, column 16\)$/),
  })
})

test('the sentence tells deployments and channels of the same name apart', async () => {
  const make = (document: string) => ask(`mutation { ${document} }`).then(({ data }) => data)
  const deploymentIds: string[] = []
  for (const flow of ['etl', 'ml']) {
    const { createFlow } = await make(`createFlow(input: { name: "${flow}" }) { flow { id } }`)
    deploymentIds.push((await applyDeployment(doors.house.as(owner), { flowId: createFlow.flow.id, name: 'nightly' })).deployment.id)
  }
  const channels = [
    { create: { name: 'twin', channel: slack } },
    { create: { name: 'twin', channel: { customWebhook: { name: 'x', url: 'https://example.org' } } } },
  ]
  const { sentence } = (await create({ channels, deploymentIds })).data['createNotificationPolicy'].notificationPolicy
  expect(sentence.map(({ text }: { text: string }) => text).join('')).toBe(
    'If a run of any flow from the etl/nightly or ml/nightly deployment enters any state, send a notification to slack-webhook/twin and custom-webhook/twin',
  )
})
