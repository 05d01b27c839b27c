export { Deployment, type DeploymentRecord } from './deployment.entity.ts'
export { type DeploymentFilter, deploymentConditions, deploymentFilter } from './deployment.filter.ts'
export {
  applyDeployment,
  countDeployments,
  deleteDeployment,
  deploymentSliceOrders,
  deploymentsByIds,
  findDeployment,
  findDeploymentByName,
  listDeployments,
  sliceDeployments,
  updateDeployment,
} from './deployment.ops.ts'
