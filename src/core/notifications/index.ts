export { defaultMessage, defaultSubject } from './message-template.ts'
export { type DescribedVariable, messageVariables } from './message-variables.ts'
export { type Grouping, groupings, NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
export {
  createNotificationPolicy,
  deleteNotificationPolicy,
  findNotificationPolicy,
  muteNotificationPolicy,
  pauseNotificationPolicy,
  resumeNotificationPolicy,
  updateNotificationPolicy,
} from './notification-policy.ops.ts'
export { type PolicyNames, type SentencePart, sentenceOf, sentencePartKinds } from './notification-policy.rules.ts'
export { countNotificationPolicies, listNotificationPolicies, sliceNotificationPolicies } from './notification-policy-lists.ops.ts'
