export { Deployment, type DeploymentRecord } from './deployment.entity.ts'
export { type DeploymentFilter, deploymentConditions, deploymentFilter } from './deployment.filter.ts'
export {
  applyDeployment,
  countDeployments,
  deleteDeployment,
  deploymentsByIds,
  findDeployment,
  findDeploymentByName,
  listDeployments,
  updateDeployment,
} from './deployment.ops.ts'
