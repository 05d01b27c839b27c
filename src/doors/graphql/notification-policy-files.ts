import {
  applyNotificationPolicies,
  exportNotificationPolicies,
  type PlannedStep,
  type PolicyFieldChange,
  type PolicyPlan,
  type Problem,
  planNotificationPolicies,
  type policyStepActions,
} from '../../core/notifications/index.ts'
import { asks, builder } from './builder.ts'

const StepAction = builder.enumType('NotificationPolicyStepAction', {
  description: 'What becomes of a policy.',
  values: {
    CREATE: { description: 'It is made.' },
    UPDATE: { description: 'It is changed.' },
    DELETE: { description: 'It goes, since the file does not have it.' },
    UNCHANGED: { description: 'It stays as it is.' },
  } satisfies Record<(typeof policyStepActions)[number], { description: string }>,
})

const FieldChange = builder.objectRef<PolicyFieldChange>('NotificationPolicyFieldChange').implement({
  description: 'A field of a policy, before and after, as the file writes it: flows, deployments and channels by name.',
  fields: t => ({
    field: t.exposeString('field', { description: 'Its name in the file.' }),
    before: t.expose('before', { type: 'JSON', nullable: true, description: 'What it is; null where there is no policy yet.' }),
    after: t.expose('after', { type: 'JSON', nullable: true, description: 'What it becomes; null where the policy goes.' }),
  }),
})

const Step = builder.objectRef<PlannedStep>('NotificationPolicyStep').implement({
  description: 'What becomes of one policy.',
  fields: t => ({
    action: t.field({ type: StepAction, description: 'Whether it is made, changed, deleted or left.', resolve: ({ action }) => action }),
    policyId: t.field({ type: 'UUID', nullable: true, description: 'Its id; null until it is made.', resolve: ({ id }) => id }),
    name: t.exposeString('name', { nullable: true, description: 'Its name; null when it has none.' }),
    line: t.exposeInt('line', { nullable: true, description: 'Line of the file on which it begins, from 1; null when it is not there.' }),
    changes: t.field({
      type: [FieldChange],
      description: 'The fields that change; of one that is made or goes, those that are not at their defaults.',
      resolve: ({ changes }) => [...changes],
    }),
  }),
})

const ProblemRef = builder.objectRef<Problem>('NotificationPolicyProblem').implement({
  description: 'Why a file cannot be used.',
  fields: t => ({
    line: t.exposeInt('line', { description: 'Line on which it stands, from 1.' }),
    column: t.exposeInt('column', { description: 'Column at which it begins, from 1.' }),
    path: t.exposeString('path', { description: 'What it is about: policies[0].channels[1]; empty for the whole.' }),
    message: t.exposeString('message', { description: 'What is wrong with it.' }),
  }),
})

const Plan = builder.objectRef<PolicyPlan>('NotificationPolicyPlan').implement({
  description: 'What would become of the policies, were they to be as a file has them.',
  fields: t => ({
    fingerprint: t.exposeString('fingerprint', {
      nullable: true,
      description: 'Names this very plan, for `applyNotificationPolicies`: 16 hexadecimal digits. Null when the file cannot be used.',
    }),
    steps: t.field({
      type: [Step],
      description: 'One for each policy, in the order of the file; then those that go. Empty when the file cannot be used.',
      resolve: ({ steps }) => [...steps],
    }),
    problems: t.field({
      type: [ProblemRef],
      description: 'All that is wrong with the file, in its order; of a great many, the first.',
      resolve: ({ problems }) => [...problems],
    }),
  }),
})

const YAML = 'Policies as a YAML file, at most 300 000 characters and 1000 policies.'
const PRUNE = 'Whether policies go that the file does not have.'

builder.queryFields(t => ({
  notificationPoliciesYaml: t.string({
    description:
      'All notification policies of the workspace as one YAML file, the same for the same policies. It has no secrets and no ids: channels, flows and deployments are named.',
    extensions: asks(exportNotificationPolicies),
    resolve: (_root, _args, { ctx }) => exportNotificationPolicies(ctx, {}),
  }),
  planNotificationPolicies: t.field({
    type: Plan,
    description:
      'What `applyNotificationPolicies` would do with a file. A policy is known by its name; one without a name only where no other is without.',
    args: {
      yaml: t.arg.string({ required: true, description: YAML }),
      prune: t.arg.boolean({ defaultValue: false, description: PRUNE }),
    },
    extensions: asks(planNotificationPolicies),
    resolve: (_root, { yaml, prune }, { ctx }) => planNotificationPolicies(ctx, { yaml, prune: prune ?? false }),
  }),
}))

const ApplyNotificationPoliciesInput = builder.inputType('ApplyNotificationPoliciesInput', {
  description: 'A plan that is to be carried out.',
  fields: t => ({
    yaml: t.string({ required: true, description: YAML }),
    fingerprint: t.string({ required: true, description: 'Of the plan that was looked at.' }),
    prune: t.boolean({ defaultValue: false, description: `${PRUNE} As it was planned.` }),
  }),
})

const ApplyNotificationPoliciesPayload = builder.objectRef<{ plan: PolicyPlan }>('ApplyNotificationPoliciesPayload').implement({
  description: 'What was done.',
  fields: t => ({ plan: t.field({ type: Plan, description: 'The plan that was carried out.', resolve: ({ plan }) => plan }) }),
})

builder.mutationField('applyNotificationPolicies', t =>
  t.field({
    type: ApplyNotificationPoliciesPayload,
    description:
      'Makes the notification policies as a file has them: exactly what was planned, in one transaction; nothing where all is so already. CONFLICT when something else would be done by now, INVALID with line and column when the file cannot be used.',
    args: { input: t.arg({ type: ApplyNotificationPoliciesInput, required: true, description: 'What.' }) },
    extensions: asks(applyNotificationPolicies),
    resolve: async (_root, { input: { prune, ...input } }, { ctx }) => ({
      plan: await applyNotificationPolicies(ctx, { ...input, prune: prune ?? false }),
    }),
  }),
)
