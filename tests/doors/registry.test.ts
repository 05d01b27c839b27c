import { AsyncLocalStorage } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import {
  type GraphQLField,
  type GraphQLObjectType,
  graphql,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createArtifact } from '../../src/core/artifacts/index.ts'
import { AuditEntryEntity } from '../../src/core/audit/index.ts'
import { createBlockDocument, createBlockType, registerBlockSchema } from '../../src/core/blocks/index.ts'
import { applyDeployment } from '../../src/core/deployments/index.ts'
import { createFlowRunInput } from '../../src/core/flow-run-inputs/index.ts'
import { createFlowRun, listFlowRunStates, setFlowRunState } from '../../src/core/flow-runs/index.ts'
import { ensureFlow } from '../../src/core/flows/index.ts'
import { appendLogs } from '../../src/core/logs/index.ts'
import { createSavedView, putSavedSearch } from '../../src/core/saved-views/index.ts'
import { createLoaders } from '../../src/doors/graphql/loaders.ts'
import { printedSchema } from '../../src/doors/graphql/print.ts'
import { schema } from '../../src/doors/graphql/schema.ts'
import { operations } from '../../src/kernel/operation.ts'
import { type Actor, owner } from '../../src/kernel/permissions.ts'
import { fillOutbox } from '../support/outbox.ts'
import { everythingAbout } from './everything.ts'
import { openHouse, type TestHouse } from './house.ts'
import { allOperations, inputsOf, operationNamed } from './operations.ts'

const ada: Actor = { id: 'ada', kind: 'service-account', name: 'Ada', grants: '*' }
const types = Object.values(schema.getTypeMap()).filter(type => !isIntrospectionType(type))
const objects = types.filter(isObjectType) as GraphQLObjectType[]
const fieldsOf = (type: GraphQLObjectType): GraphQLField<any, any>[] => Object.values(type.getFields())
const asked = (field: GraphQLField<any, any>): string | undefined => field.extensions['operation'] as string | undefined

const nothing = { flowId: '', flowRunId: '', stateId: '', variableName: '', deploymentId: '', deploymentName: '', flowName: '' }

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const auditRows = async () =>
  (await house.storage.read.select({ entity: AuditEntryEntity, workspaceId: null, where: [], orderBy: [['id', 'asc']], limit: 1000 })) as {
    operation: string
    actorId: string
    actorKind: string
    actorName: string
    subject: string | null
    workspaceId: string
  }[]

describe('the registry', () => {
  test('knows every operation that a concept hands out, and no other', () => {
    expect(allOperations.map(({ operation }) => operation.name).toSorted()).toEqual([...operations().keys()].toSorted())
  })

  test('names each by noun and verb, and a permission for it on the same noun', () => {
    for (const { name, needs, kind } of operations().values()) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/)
      expect(needs).toMatch(/^[a-z]+(-[a-z]+)*:(read|write|admin)$/)
      expect({ name, isRead: needs.endsWith(':read') }).toEqual({ name, isRead: kind === 'query' && name !== 'server.check' })
      expect(name.startsWith(needs.split(':')[0]!)).toBe(true)
    }
  })

  test('is covered by the inputs of these suites', () => {
    const names = Object.keys(inputsOf(nothing, () => ''))
    expect(names.toSorted()).toEqual([...operations().keys()].toSorted())
  })
})

describe('the audit', () => {
  test('has exactly one row for each mutation, naming actor, operation and what was acted on', async () => {
    const { flow } = await ensureFlow(house.as(owner), { name: 'audited' })
    const { deployment } = await applyDeployment(house.as(owner), { flowId: flow.id, name: 'audited' })
    const { run } = await createFlowRun(house.as(owner), { flowId: flow.id })
    await createFlowRunInput(house.as(owner), { flowRunId: run.id, key: 'audited', value: '1' })
    const artifact = await createArtifact(house.as(owner), { data: 1 })
    const view = await createSavedView(house.as(owner), { list: 'FLOW_RUNS', name: 'audited', query: '' })
    const search = await putSavedSearch(house.as(owner), { name: 'audited', filters: [] })
    const { policy, delivery } = await fillOutbox(house.as(owner))
    const type = await createBlockType(house.as(owner), { name: 'Audited', slug: 'audited' })
    const unusedType = await createBlockType(house.as(owner), { name: 'Unused', slug: 'unused' })
    const fields = { secret_fields: ['token'] }
    const schema = await registerBlockSchema(house.as(owner), { blockTypeId: type.id, fields })
    const unusedSchema = await registerBlockSchema(house.as(owner), { blockTypeId: type.id, fields: { title: 'unused' } })
    const block = await createBlockDocument(house.as(owner), { name: 'audited', blockSchemaId: schema.id, data: { token: 'secret' } })
    const inputs = inputsOf(
      {
        ...nothing,
        blockDocumentId: block.id,
        blockSchemaId: schema.id,
        blockTypeId: type.id,
        unusedSchemaId: unusedSchema.id,
        unusedTypeId: unusedType.id,
        artifactId: artifact.id,
        notificationPolicyId: policy.id,
        savedViewId: view.id,
        savedSearchId: search.id,
        channelId: policy.channelIds[0]!,
        notificationDeliveryId: delivery.id,
        flowId: flow.id,
        flowRunId: run.id,
        deploymentId: deployment.id,
        variableName: 'audited',
        inputKey: 'audited',
      },
      () => house.ids.uuid(),
    )
    await operationNamed('variable.create')(house.as(owner), { name: 'audited', value: 0 })
    // What deletes comes last: the others still need what it takes away.
    const mutations = [...operations().values()]
      .filter(({ kind }) => kind === 'mutation')
      .toSorted((one, other) => Number(one.name.endsWith('.delete')) - Number(other.name.endsWith('.delete')))
    for (const { name } of mutations) {
      const before = (await auditRows()).length
      const answer = (await operationNamed(name)(house.as(ada), inputs[name])) as Record<string, any>
      const rows = (await auditRows()).slice(before)
      expect(rows).toMatchObject([{ operation: name, actorId: 'ada', actorKind: 'service-account', actorName: 'Ada' }])
      expect([answer['id'], answer['run']?.id, answer['deployment']?.id, answer['fingerprint']]).toContain(rows[0]!.subject)
    }
  })

  test('has no row for a mutation that failed', async () => {
    const before = await auditRows()
    await expect(operationNamed('workspace.create')(house.as(ada), { slug: 'default', name: 'Twice' })).rejects.toThrow('exists already')
    await expect(operationNamed('workspace.create')(house.as(ada), { slug: 'Not a slug', name: 'x' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    expect(await auditRows()).toEqual(before)
  })

  test('of run transitions is their history, which names who made each', async () => {
    const { flow } = await ensureFlow(house.as(owner), { name: 'audited' })
    const { run } = await createFlowRun(house.as(owner), { flowId: flow.id, state: { type: 'PENDING' } })
    await setFlowRunState(house.as(ada), { flowRunId: run.id, state: { type: 'RUNNING' } })
    await setFlowRunState(house.as(owner), { flowRunId: run.id, state: { type: 'COMPLETED' } })
    const history = await listFlowRunStates(house.as(owner), { flowRunIds: [run.id] })
    expect(history.map(({ ordinal, type, actorId, actorName }) => [ordinal, type, actorId, actorName])).toEqual([
      [1, 'PENDING', owner.id, 'owner'],
      [2, 'RUNNING', 'ada', 'Ada'],
      [3, 'COMPLETED', owner.id, 'owner'],
    ])
  })
})

describe('the schema', () => {
  test('is the one in schema.graphql (npm run schema prints it)', () => {
    expect(printedSchema()).toBe(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  })

  test('describes every type, field, argument and value, in a sentence', () => {
    const described: { readonly name: string; readonly description?: string | null | undefined }[] = types
      .filter(type => !['Int', 'Float', 'String', 'Boolean', 'ID'].includes(type.name))
      .flatMap(type => [
        { name: type.name, description: type.description },
        ...(isObjectType(type)
          ? fieldsOf(type).flatMap(field => [
              { name: `${type.name}.${field.name}`, description: field.description },
              ...field.args.map(arg => ({ name: `${type.name}.${field.name}(${arg.name})`, description: arg.description })),
            ])
          : []),
        ...(isInputObjectType(type)
          ? Object.values(type.getFields()).map(field => ({ name: `${type.name}.${field.name}`, description: field.description }))
          : []),
        ...(isEnumType(type)
          ? type.getValues().map(value => ({ name: `${type.name}.${value.name}`, description: value.description }))
          : []),
      ])
    expect(described.filter(({ description }) => !/^[A-Z].*\.$/s.test(description ?? '')).map(({ name }) => name)).toEqual([])
  })

  test('has only operations of the registry behind its fields', () => {
    const unknown = objects.flatMap(type =>
      fieldsOf(type)
        .filter(field => asked(field) !== undefined && !operations().has(asked(field)!))
        .map(field => `${type.name}.${field.name}`),
    )
    expect(unknown).toEqual([])
  })

  test('has an operation behind every root field: reads behind queries and subscriptions, writes behind mutations', () => {
    for (const [root, kinds] of [
      [schema.getQueryType()!, ['query']],
      [schema.getMutationType()!, ['command', 'mutation', 'action']],
      [schema.getSubscriptionType()!, ['query']],
    ] as const) {
      for (const field of fieldsOf(root))
        expect({ field: field.name, kind: kinds }).toMatchObject({ kind: expect.arrayContaining([operations().get(asked(field)!)?.kind]) })
    }
  })
})

describe('no field is a side door', () => {
  const current = new AsyncLocalStorage<string>()
  const touching = new Set<string>()

  beforeAll(async () => {
    for (const type of objects) {
      for (const field of fieldsOf(type)) {
        const inner = field.resolve
        if (!inner || field.name.startsWith('__')) continue
        field.resolve = (...args) => current.run(`${type.name}.${field.name}`, () => inner(...args))
      }
    }
    house.beforeStatement = () => {
      const field = current.getStore()
      if (field) touching.add(field)
    }
    const { flow } = await ensureFlow(house.as(owner), { name: 'walked' })
    await createFlowRun(house.as(owner), { flowId: flow.id, state: { type: 'RUNNING' }, parameters: { a: 1 } })
    await operationNamed('variable.create')(house.as(owner), { name: 'walked', value: 1 })
    await applyDeployment(house.as(owner), { flowId: flow.id, name: 'walked' })
    await appendLogs(house.as(owner), { lines: [{ name: 'n', level: 20, message: 'm', timestamp: 0 }] })
  })

  test('a field that reaches the database names its operation, wherever it stands', async () => {
    const ctx = house.as(owner)
    const { flow } = await ensureFlow(ctx, { name: 'walked' })
    const { errors } = await graphql({ schema, source: everythingAbout(flow.id), contextValue: { ctx, loaders: createLoaders(ctx) } })
    expect(errors).toBeUndefined()
    expect(touching.size).toBeGreaterThan(8)
    const named = new Set(
      objects.flatMap(type =>
        fieldsOf(type)
          .filter(field => asked(field) !== undefined)
          .map(field => `${type.name}.${field.name}`),
      ),
    )
    expect([...touching].filter(field => !named.has(field))).toEqual([])
  })
})
