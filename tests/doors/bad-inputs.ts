// Wrong inputs, made from the shape of each operation that both doors have: for every field, values that do not fit its kind.

export type Kind =
  | 'text'
  | 'name'
  | 'key'
  | 'variableName'
  | 'textsByName'
  | 'uuid'
  | 'texts'
  | 'object'
  | 'whole'
  | 'flag'
  | 'time'
  | 'stateType'

export interface Field {
  /** Its place in the GraphQL input, and in the body of the request. */
  readonly graphql: readonly (string | number)[]
  readonly rest: readonly (string | number)[]
  readonly kind: Kind
  readonly isRequired?: boolean
}

export interface Shape {
  readonly mutation: string
  readonly inputType: string
  /** What is asked of the payload. */
  readonly asks: string
  readonly path: (ground: Ground) => string
  readonly graphql: (ground: Ground) => Record<string, unknown>
  readonly rest: (ground: Ground) => unknown
  readonly fields: readonly Field[]
}

export interface Ground {
  readonly flowId: string
  readonly flowRunId: string
  readonly deploymentId: string
}

const wrongValues: Readonly<Record<Kind, readonly unknown[]>> = {
  text: [5, true, ['a'], { a: 1 }],
  name: [5, true, ['a'], { a: 1 }, '', 'a/b', '50%', 'a&b', '<a', 'a>b'],
  key: [5, true, ['a'], { a: 1 }, '', 'With-Capitals', 'a b', 'a_b', 'ü', 'a/b', 'x'.repeat(256)],
  variableName: [5, true, ['a'], { a: 1 }, '', 'With-Capitals', 'a b', 'ü', 'a/b', 'x'.repeat(256)],
  textsByName: [5, 'x', [1], true, { a: 1 }, { a: null }, { a: { b: 'c' } }],
  uuid: ['x', 5, true, '019ab000-0000-7000-8000', { a: 1 }],
  texts: [[1], [true], [['a']], { a: 1 }],
  object: [5, 'x', [1], true],
  whole: ['x', 1.5, true, { a: 1 }],
  flag: ['yes', 5, { a: 1 }],
  time: ['yesterday', true, '2026-13-01T00:00:00Z', { a: 1 }],
  stateType: ['NOPE', 5, 'completed', { a: 1 }],
}

const field = (name: string, kind: Kind, isRequired = false, rest = snake(name)): Field => ({
  graphql: [name],
  rest: [rest],
  kind,
  isRequired,
})

const within = (place: readonly (string | number)[], fields: readonly Field[]): Field[] =>
  fields.map(one => ({ ...one, graphql: [...place, ...one.graphql], rest: [...place, ...one.rest] }))

const stateFields = [field('type', 'stateType', true), field('name', 'text'), field('message', 'text')]

export const shapes: readonly Shape[] = [
  {
    mutation: 'createFlow',
    inputType: 'CreateFlowInput',
    asks: 'flow{id}',
    path: () => '/flows/',
    graphql: () => ({ name: 'etl' }),
    rest: () => ({ name: 'etl' }),
    fields: [field('name', 'name', true), field('tags', 'texts'), field('labels', 'object')],
  },
  {
    mutation: 'createFlowRun',
    inputType: 'CreateFlowRunInput',
    asks: 'flowRun{id}',
    path: () => '/flow_runs/',
    graphql: ({ flowId }) => ({ flowId, state: { type: 'PENDING' } }),
    rest: ({ flowId }) => ({ flow_id: flowId, state: { type: 'PENDING' } }),
    fields: [
      field('flowId', 'uuid', true),
      field('name', 'text'),
      field('parameters', 'object'),
      field('context', 'object'),
      field('empiricalPolicy', 'object'),
      field('tags', 'texts'),
      field('labels', 'object'),
      field('flowVersion', 'text'),
      field('idempotencyKey', 'text'),
      field('parentTaskRunId', 'uuid'),
      ...within(['state'], stateFields),
    ],
  },
  {
    mutation: 'setFlowRunState',
    inputType: 'SetFlowRunStateInput',
    asks: 'status',
    path: ({ flowRunId }) => `/flow_runs/${flowRunId}/set_state`,
    graphql: ({ flowRunId }) => ({ flowRunId, state: { type: 'RUNNING' } }),
    rest: () => ({ state: { type: 'RUNNING' } }),
    fields: [field('force', 'flag'), ...within(['state'], stateFields)],
  },
  {
    mutation: 'appendLogs',
    inputType: 'AppendLogsInput',
    asks: 'count',
    path: () => '/logs/',
    graphql: () => ({ logs: [{ name: 'a', level: 20, message: 'b', timestamp: '2026-11-25T13:00:00Z' }] }),
    rest: () => [{ name: 'a', level: 20, message: 'b', timestamp: '2026-11-25T13:00:00Z' }],
    fields: [
      field('name', 'text', true),
      field('level', 'whole', true),
      field('message', 'text', true),
      field('timestamp', 'time', true),
      field('flowRunId', 'uuid'),
      field('taskRunId', 'uuid'),
    ].map(one => ({ ...one, graphql: ['logs', 0, ...one.graphql], rest: [0, ...one.rest] })),
  },
  {
    mutation: 'createVariable',
    inputType: 'CreateVariableInput',
    asks: 'variable{id}',
    path: () => '/variables/',
    graphql: () => ({ name: 'threshold', value: 1 }),
    rest: () => ({ name: 'threshold', value: 1 }),
    fields: [field('name', 'variableName', true), field('tags', 'texts')],
  },
  {
    mutation: 'createArtifact',
    inputType: 'CreateArtifactInput',
    asks: 'artifact{id}',
    path: () => '/artifacts/',
    graphql: ({ flowRunId }) => ({ key: 'report', data: 1, flowRunId }),
    rest: ({ flowRunId }) => ({ key: 'report', data: 1, flow_run_id: flowRunId }),
    fields: [
      field('key', 'key'),
      field('type', 'text'),
      field('description', 'text'),
      field('metadata', 'textsByName', false, 'metadata_'),
      field('flowRunId', 'uuid'),
      field('taskRunId', 'uuid'),
    ],
  },
  {
    mutation: 'applyDeployment',
    inputType: 'ApplyDeploymentInput',
    asks: 'deployment{id}',
    path: () => '/deployments/',
    graphql: ({ flowId }) => ({ flowId, name: 'nightly' }),
    rest: ({ flowId }) => ({ flow_id: flowId, name: 'nightly' }),
    fields: [
      field('flowId', 'uuid', true),
      field('name', 'name', true),
      field('version', 'text'),
      field('description', 'text'),
      field('isPaused', 'flag', false, 'paused'),
      field('tags', 'texts'),
      field('parameters', 'object'),
      field('entrypoint', 'text'),
      field('path', 'text'),
    ],
  },
  {
    mutation: 'createFlowRunFromDeployment',
    inputType: 'CreateFlowRunFromDeploymentInput',
    asks: 'flowRun{id}',
    path: ({ deploymentId }) => `/deployments/${deploymentId}/create_flow_run`,
    graphql: ({ deploymentId }) => ({ deploymentId, state: { type: 'SCHEDULED' } }),
    rest: () => ({ state: { type: 'SCHEDULED' } }),
    fields: [
      field('name', 'text'),
      field('parameters', 'object'),
      field('tags', 'texts'),
      field('idempotencyKey', 'text'),
      ...within(['state'], stateFields),
    ],
  },
]

export interface BadInput {
  readonly title: string
  readonly shape: Shape
  readonly field: Field
  readonly value: unknown
}

/** `undefined` stands for leaving a required field out. */
export const badInputs: readonly BadInput[] = shapes.flatMap(shape =>
  shape.fields.flatMap(one =>
    [...wrongValues[one.kind], ...(one.isRequired ? [null, undefined] : [])].map(value => ({
      title: `${shape.mutation}: ${one.graphql.join('.')} ${value === undefined ? 'left out' : JSON.stringify(value)}`,
      shape,
      field: one,
      value,
    })),
  ),
)

/** A copy with one value exchanged, or left out. */
export function put(root: unknown, [step, ...rest]: readonly (string | number)[], value: unknown): unknown {
  const copy: any = Array.isArray(root) ? [...root] : { ...(root as object) }
  if (rest.length > 0) copy[step!] = put(copy[step!], rest, value)
  else if (value === undefined) delete copy[step!]
  else copy[step!] = value
  return copy
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
