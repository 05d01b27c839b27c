import { describe, expect, test } from 'vitest'
import { AuditEntryEntity } from '../../src/core/audit/index.ts'
import { deleteBlockDocument } from '../../src/core/blocks/index.ts'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import {
  applyNotificationPolicies,
  createNotificationPolicy,
  exportNotificationPolicies,
  listNotificationDeliveries,
  listNotificationPolicies,
  muteNotificationPolicy,
  planNotificationPolicies,
  updateNotificationPolicy,
} from '../../src/core/notifications/index.ts'
import type { Ctx } from '../../src/kernel/context.ts'
import type { LogEvent } from '../../src/kernel/event-log.ts'
import { makeChannel } from '../support/channels.ts'
import { openRoom } from '../support/house.ts'
import { fillOutbox } from '../support/outbox.ts'
import { forEachStorage } from './for-each-storage.ts'

const SECRET = 'https://hooks.slack.com/services/S3cret'

async function furnish(ctx: Ctx) {
  const { flow } = await ensureFlow(ctx, { name: 'etl' })
  const { deployment } = await applyDeployment(ctx, { flowId: flow.id, name: 'nightly' })
  return {
    flowId: flow.id,
    deploymentId: deployment.id,
    slack: await makeChannel(ctx, 'alerts', SECRET),
    other: await makeChannel(ctx, 'other', SECRET),
  }
}

const plan = (ctx: Ctx, yaml: string, prune = false) => planNotificationPolicies(ctx, { yaml, prune })

async function apply(ctx: Ctx, yaml: string, prune = false) {
  const { fingerprint } = await plan(ctx, yaml, prune)
  return applyNotificationPolicies(ctx, { yaml, prune, fingerprint: fingerprint! })
}

const named = async (ctx: Ctx) => (await listNotificationPolicies(ctx, {})).nodes.map(({ name }) => name).toSorted()

const policies = (...lines: readonly string[]) => `policies:\n${lines.map(line => `  - ${line}\n`).join('')}`

forEachStorage(open => {
  describe('a file of notification policies', () => {
    test('brings all of them to a server that has what they name, byte by byte, without a secret and without an id', async () => {
      const house = await open()
      const ctx = house.as()
      const { slack, other, flowId, deploymentId } = await furnish(ctx)
      await createNotificationPolicy(ctx, { channelIds: [slack] })
      await createNotificationPolicy(ctx, {
        name: 'storms',
        stateTypes: ['FAILED', 'CRASHED'],
        stateNames: ['Late'],
        tags: ['b', 'a'],
        flowIds: [flowId],
        deploymentIds: [deploymentId],
        channelIds: [other, slack],
        subjectTemplate: '{{ flow_name }}',
        messageTemplate: 'one\ntwo: {{ flow_run_name }}\n',
        groupBy: 'TAG',
        groupWaitSeconds: 0,
        repeatIntervalSeconds: 1,
        maxPerWindow: 2,
        windowSeconds: 4,
        resolveOnCompletion: true,
        isActive: false,
      })
      const text = await exportNotificationPolicies(ctx, {})
      expect(text).not.toMatch(/S3cret|[0-9a-f]{8}-[0-9a-f]{4}/)
      const second = house.as(undefined, await openRoom(house, 'second'))
      const { problems } = await plan(second, text)
      expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
        'policies[0].flows[0] is no flow here: a flow is there once it has run or was deployed',
        'policies[0].deployments[0] is no deployment here',
        'policies[0].channels[0] is no channel here. There is none yet',
        'policies[0].channels[1] is no channel here. There is none yet',
        'policies[1].channels[0] is no channel here. There is none yet',
      ])
      await furnish(second)
      expect((await apply(second, text)).steps.map(({ action }) => action)).toEqual(['CREATE', 'CREATE'])
      expect(await exportNotificationPolicies(second, {})).toBe(text)
      for (const here of [ctx, second]) {
        const { steps } = await apply(here, text, true)
        expect(steps.map(({ action, changes }) => [action, changes])).toEqual([
          ['UNCHANGED', []],
          ['UNCHANGED', []],
        ])
      }
    })

    test('tells field by field what would change, and then does it, in the same order and with the line of each', async () => {
      const ctx = (await open()).as()
      const { slack, flowId } = await furnish(ctx)
      const create = (name: string, over = {}) => createNotificationPolicy(ctx, { name, channelIds: [slack], ...over })
      const changed = await create('changed', { tags: ['x'], flowIds: [flowId] })
      const gone = await create('gone', { isActive: false })
      await create('same')
      const yaml = policies(
        '{ name: new, channels: [alerts], stateTypes: [FAILED] }',
        '{ name: same, channels: [alerts] }',
        '{ name: changed, channels: [other, slack-webhook/alerts], flows: [etl], groupWaitSeconds: 5 }',
      )
      const told = [
        {
          action: 'CREATE',
          name: 'new',
          line: 2,
          changes: [
            { field: 'name', before: null, after: 'new' },
            { field: 'stateTypes', before: null, after: ['FAILED'] },
            { field: 'channels', before: null, after: ['slack-webhook/alerts'] },
          ],
        },
        { action: 'UNCHANGED', name: 'same', line: 3, changes: [] },
        {
          action: 'UPDATE',
          id: changed.id,
          name: 'changed',
          line: 4,
          changes: [
            { field: 'tags', before: ['x'], after: [] },
            { field: 'channels', before: ['slack-webhook/alerts'], after: ['slack-webhook/other', 'slack-webhook/alerts'] },
            { field: 'groupWaitSeconds', before: 30, after: 5 },
          ],
        },
      ]
      expect((await plan(ctx, yaml)).steps).toMatchObject(told)
      const deletion = { action: 'DELETE', id: gone.id, name: 'gone', line: null }
      expect((await plan(ctx, yaml, true)).steps).toMatchObject([...told, deletion])
      await apply(ctx, yaml)
      expect(await named(ctx)).toEqual(['changed', 'gone', 'new', 'same'])
      const { steps } = await apply(ctx, yaml, true)
      expect(steps.map(({ action }) => action)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED', 'DELETE'])
      expect(await named(ctx)).toEqual(['changed', 'new', 'same'])
    })

    test('is applied as it was planned or not at all', async () => {
      const ctx = (await open()).as()
      const { slack } = await furnish(ctx)
      const { id } = await createNotificationPolicy(ctx, { name: 'one', channelIds: [slack] })
      const yaml = policies('{ name: one, channels: [alerts], tags: [x] }', '{ name: two, channels: [alerts] }')
      const { fingerprint } = await plan(ctx, yaml)
      const applyIt = (over = {}) => applyNotificationPolicies(ctx, { yaml, fingerprint: fingerprint!, ...over })
      await updateNotificationPolicy(ctx, { id, change: { messageTemplate: 'changed' } })
      const refusal = { code: 'CONFLICT', message: expect.stringMatching(/^This is not the plan [0-9a-f]{16}: .* Plan again/) }
      await expect(applyIt()).rejects.toMatchObject(refusal)
      await updateNotificationPolicy(ctx, { id, change: { messageTemplate: null } })
      await expect(applyIt({ yaml: yaml.replace('[x]', '[y]') })).rejects.toMatchObject(refusal)
      await muteNotificationPolicy(ctx, { id, until: ctx.clock.now() })
      expect(await named(ctx)).toEqual(['one'])
      await applyIt()
      expect((await applyIt()).steps).toMatchObject([{ action: 'UNCHANGED' }, { action: 'UNCHANGED' }])
      expect(await named(ctx)).toEqual(['one', 'two'])
    })

    test('is applied once when two apply it at the same time: the second finds all as it should be', async () => {
      const house = await open()
      const { slack } = await furnish(house.as())
      await createNotificationPolicy(house.as(), { name: 'one', channelIds: [slack] })
      const yaml = policies('{ name: one, channels: [alerts], tags: [x] }', '{ name: two, channels: [alerts] }')
      const { fingerprint } = await plan(house.as(), yaml)
      const both = await Promise.all([1, 2].map(() => applyNotificationPolicies(house.as(), { yaml, fingerprint: fingerprint! })))
      expect(both.map(({ steps }) => steps.map(({ action }) => action)).toSorted()).toEqual([
        ['UNCHANGED', 'UNCHANGED'],
        ['UPDATE', 'CREATE'],
      ])
      expect(await named(house.as())).toEqual(['one', 'two'])
    })

    test('leaves what any of its policies did leave: events, audit rows, and cancelled deliveries', async () => {
      const house = await open()
      const ctx = house.as()
      await furnish(ctx)
      const { policy } = await fillOutbox(ctx, { name: 'told', maxPerWindow: 1, groupBy: 'FLOW' })
      const { steps } = await apply(ctx, policies('{ name: new, channels: [alerts] }'), true)
      const events = (await house.storage.readLog('events', 0, 1000)) as LogEvent[]
      expect(events.map(({ event }) => event).filter(name => name.startsWith('notification-policy.'))).toEqual(
        ['created', 'deleted', 'created'].map(verb => `notification-policy.${verb}`),
      )
      const audits = await house.storage.read.select({
        entity: AuditEntryEntity,
        workspaceId: ctx.workspace.id,
        where: [{ is: 'startingWith', property: 'operation', prefixes: ['notification-policy.'] }],
        orderBy: [['id', 'asc']],
        limit: 100,
      })
      expect(audits.slice(1).map(({ operation, subject }) => [operation, subject])).toEqual([
        ['notification-policy.create', steps[0]!.id],
        ['notification-policy.delete', policy.id],
        ['notification-policy.apply', expect.stringMatching(/^[0-9a-f]{16}$/)],
      ])
      expect((await listNotificationDeliveries(ctx, { filter: { statuses: ['PENDING', 'HELD'] } })).nodes).toEqual([])
    })

    test('says all that is wrong, where it stands, and nothing of it is done', async () => {
      const ctx = (await open()).as()
      const { slack } = await furnish(ctx)
      for (const name of ['twin', 'twin']) await createNotificationPolicy(ctx, { name, channelIds: [slack] })
      const yaml = policies(
        '{ name: fine, channels: [alerts] }',
        '{ name: a, channels: [alerts, nobody], flows: [none] }',
        '{ name: b, channels: [slack-webhook/alerts], deployments: [nightly, etl/weekly] }',
        '{ name: twin, channels: [alerts], tags: [x] }',
        '{ name: c, channels: [alerts], stateTypes: [FALED] }',
      )
      const { fingerprint, steps, problems } = await plan(ctx, yaml)
      expect({ fingerprint, steps }).toEqual({ fingerprint: null, steps: [] })
      expect(problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`)).toEqual([
        '3:35 policies[1].channels[1]: is no channel here. There are: slack-webhook/alerts, slack-webhook/other',
        '3:52 policies[1].flows[0]: is no flow here: a flow is there once it has run or was deployed',
        '4:64 policies[2].deployments[0]: is no deployment: they are written flow/deployment',
        '4:73 policies[2].deployments[1]: is no deployment here',
        expect.stringMatching(/^5:5 policies\[3\]: there are several of the name twin, .* which is meant cannot be told/),
        expect.stringMatching(/^6:49 policies\[4\]\.stateTypes\[0\]: Invalid option/),
      ])
      await expect(applyNotificationPolicies(ctx, { yaml, fingerprint: '' })).rejects.toMatchObject({
        code: 'INVALID',
        message: expect.stringContaining(
          'policies[1].channels[1]: is no channel here. There are: slack-webhook/alerts, slack-webhook/other (line 3, column 35)',
        ),
      })
      expect(await named(ctx)).toEqual(['twin', 'twin'])
    })

    test('names by its id what was deleted, which it cannot bring to another server', async () => {
      const house = await open()
      const { slack, other } = await furnish(house.as())
      await createNotificationPolicy(house.as(), { name: 'a', channelIds: [slack, other] })
      await deleteBlockDocument(house.as(), { id: slack })
      const text = await exportNotificationPolicies(house.as(), {})
      expect(text).toContain(`- ${slack}\n`)
      expect((await plan(house.as(), text, true)).steps).toMatchObject([{ action: 'UNCHANGED' }])
      const second = house.as(undefined, await openRoom(house, 'second'))
      await furnish(second)
      expect((await plan(second, text)).problems).toMatchObject([{ path: 'policies[0].channels[0]', line: 8 }])
    })
  })
})
