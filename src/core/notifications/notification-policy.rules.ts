import type { StateType } from '../states/index.ts'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'

/** What a policy looks at in a run that entered a state. */
export interface Happening {
  readonly stateName: string
  readonly stateType: StateType
  readonly tags: readonly string[]
  readonly flowId: string
  readonly deploymentId: string | null
}

type Criteria = Pick<NotificationPolicyRecord, 'stateNames' | 'stateTypes' | 'tags' | 'flowIds' | 'deploymentIds'>

/** A list that is empty asks for nothing; of one that is not, any member will do. */
export const matchesPolicy = (policy: Criteria, happening: Happening): boolean =>
  matchesState(policy, happening) &&
  matchesTags(policy.tags, happening.tags) &&
  isAnyOf(policy.flowIds, happening.flowId) &&
  isAnyOf(policy.deploymentIds, happening.deploymentId)

export const matchesState = (
  { stateNames, stateTypes }: Pick<Criteria, 'stateNames' | 'stateTypes'>,
  { stateName, stateType }: Pick<Happening, 'stateName' | 'stateType'>,
): boolean => (stateNames.length === 0 && stateTypes.length === 0) || stateNames.includes(stateName) || stateTypes.includes(stateType)

const matchesTags = (wanted: readonly string[], tags: readonly string[]): boolean =>
  wanted.length === 0 || wanted.some(tag => tags.includes(tag))

const isAnyOf = (wanted: readonly string[], id: string | null): boolean => wanted.length === 0 || (id !== null && wanted.includes(id))
