export { Workspace } from './workspace.entity.ts'
export { defaultWorkspace } from './workspace.rules.ts'
export { createWorkspace, findWorkspaceBySlug } from './workspace.ops.ts'
