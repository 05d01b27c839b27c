export { type Composed, composeMessages } from './compose.ops.ts'
export {
  attemptOutcomes,
  type DeliveryKind,
  type DeliveryStatus,
  deliveryKinds,
  deliveryStatuses,
  NotificationAttempt,
  type NotificationAttemptRecord,
  NotificationDelivery,
  type NotificationDeliveryRecord,
} from './delivery.entity.ts'
export { asksForSending, changedDeliveriesOf } from './delivery.events.ts'
export { type NotificationDeliveryFilter, notificationDeliveryConditions, notificationDeliveryFilter } from './delivery.filter.ts'
export { redeliverNotification } from './delivery.ops.ts'
export { claimDeliveries, type Settlement, settleDeliveries } from './delivery-claims.ops.ts'
export {
  countNotificationDeliveries,
  listNotificationDeliveries,
  notificationAttempts,
  notificationDeliveriesByIds,
  notificationDeliveryChanges,
} from './delivery-lists.ops.ts'
export { type DeliverySummary, summariseDeliveries } from './delivery-summary.ops.ts'
export { sweepDeliveries } from './delivery-sweep.ops.ts'
export { areDigestsDue, sendDigests } from './digest.ops.ts'
export type { DraftChannel } from './draft-channels.ts'
export { type PolicyPreview, type PreviewedMatch, previewNotificationPolicy } from './foresight.ops.ts'
export { defaultMessage, defaultSubject } from './message-template.ts'
export { describeMessageTemplates, type MessageTemplates } from './message-templates.ops.ts'
export { type DescribedVariable, messageVariables } from './message-variables.ts'
export { NotificationGroup, NotificationIncident } from './notification-group.entity.ts'
export { type Grouping, groupings, NotificationPolicy, type NotificationPolicyRecord } from './notification-policy.entity.ts'
export { changesPolicies } from './notification-policy.events.ts'
export {
  createNotificationPolicy,
  deleteNotificationPolicy,
  findNotificationPolicy,
  pauseNotificationPolicy,
  resumeNotificationPolicy,
  updateNotificationPolicy,
} from './notification-policy.ops.ts'
export { countNotificationPolicies, listNotificationPolicies, sliceNotificationPolicies } from './notification-policy-lists.ops.ts'
export { muteNotificationPolicy } from './notification-policy-mute.ops.ts'
export { bookOf, type Match, matchesOf, type PolicyBook } from './occurrence.ts'
export { activePolicies, NOTIFIER, queueDeliveries } from './outbox.ops.ts'
export { countFailingPolicies, notificationPolicyActivity, type PolicyDay, type PolicyRecord } from './policy-activity.ops.ts'
export {
  applyNotificationPolicies,
  exportNotificationPolicies,
  type PlannedStep,
  type PolicyPlan,
  planNotificationPolicies,
} from './policy-file.ops.ts'
export { type PolicyFieldChange, policyStepActions } from './policy-plan.rules.ts'
export { type PolicyNames, type SentencePart, sentenceOf, sentencePartKinds } from './policy-sentence.rules.ts'
export type { Problem } from './policy-text.ts'
export { type OpenedChannel, openChannel, sendThrough } from './send.ts'
export { sendTestNotification, type TestAnswer } from './test-notification.ops.ts'
