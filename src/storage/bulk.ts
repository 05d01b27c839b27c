/** What no command changes once a run exists; an update leaves these columns alone. */
export const fixedRunProperties: ReadonlySet<string> = new Set([
  'id',
  'workspaceId',
  'flowId',
  'deploymentId',
  'parentTaskRunId',
  'flowVersion',
  'idempotencyKey',
  'parameters',
  'context',
  'createdBy',
  'created',
])
