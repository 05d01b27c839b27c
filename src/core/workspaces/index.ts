export { Workspace } from './workspace.entity.ts'
export { createWorkspace, findWorkspaceBySlug, listWorkspaces, workspacesByIds } from './workspace.ops.ts'
export { defaultWorkspace } from './workspace.rules.ts'
