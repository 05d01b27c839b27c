import { z } from 'zod'
import type { NotificationPolicyRecord } from './notification-policy.entity.ts'
import { policyInput, referenceList, someChannels } from './notification-policy.inputs.ts'

/** A policy as a file has it: whole, with names in the place of ids, which are another server's. */
export const writtenPolicy = policyInput
  .omit({ flowIds: true, deploymentIds: true, channelIds: true })
  .extend({
    isActive: z.boolean().default(true),
    flows: referenceList.default([]),
    deployments: referenceList.default([]),
    channels: someChannels(referenceList),
  })
  .strict()

export type WrittenPolicy = z.output<typeof writtenPolicy>

/** What a file says of a policy, in the order in which it is written; what is named stands for a property that holds ids. */
const properties = {
  name: 'name',
  isActive: 'isActive',
  stateTypes: 'stateTypes',
  stateNames: 'stateNames',
  tags: 'tags',
  flows: 'flowIds',
  deployments: 'deploymentIds',
  channels: 'channelIds',
  subjectTemplate: 'subjectTemplate',
  messageTemplate: 'messageTemplate',
  groupBy: 'groupBy',
  groupWaitSeconds: 'groupWaitSeconds',
  repeatIntervalSeconds: 'repeatIntervalSeconds',
  maxPerWindow: 'maxPerWindow',
  windowSeconds: 'windowSeconds',
  resolveOnCompletion: 'resolveOnCompletion',
} as const satisfies Record<keyof WrittenPolicy, keyof NotificationPolicyRecord>

export const writtenFields = Object.freeze(Object.keys(properties)) as readonly (keyof WrittenPolicy)[]

/** All of a policy that a file can say, by ids. */
export type PolicyParts = Pick<NotificationPolicyRecord, (typeof properties)[keyof WrittenPolicy]>

export const partsOf = (policy: PolicyParts): PolicyParts =>
  Object.fromEntries(Object.values(properties).map(property => [property, policy[property]])) as unknown as PolicyParts

const references = ['flows', 'deployments', 'channels'] as const
export type Reference = (typeof references)[number]

/** What policies name, by name and by id. What was deleted goes by its id. */
export interface PolicyNames {
  nameOf(reference: Reference, id: string): string
  /** Or why there is none. */
  idOf(reference: Reference, name: string): { readonly id: string } | { readonly refusal: string }
}

export const propertyOf = <Field extends keyof WrittenPolicy>(field: Field): (typeof properties)[Field] => properties[field]

const blank = writtenPolicy.parse({ channels: ['any/any'] })

/** Whether a field may be left out of a file, since it says what is meant without it. */
export const isDefault = (field: keyof WrittenPolicy, value: unknown): boolean =>
  field !== 'channels' && JSON.stringify(value) === JSON.stringify(blank[field])

/** By names. */
export const writtenOf = (parts: PolicyParts, names: PolicyNames): WrittenPolicy => ({
  ...(Object.fromEntries(writtenFields.map(field => [field, parts[propertyOf(field)]])) as unknown as WrittenPolicy),
  ...(Object.fromEntries(
    references.map(reference => [reference, parts[propertyOf(reference)].map(id => names.nameOf(reference, id))]),
  ) as Pick<WrittenPolicy, Reference>),
})

/** A name that stands for nothing. */
export interface Refusal {
  readonly path: readonly [Reference, number]
  readonly message: string
}

/** By ids; null when one is missing. */
export function partsFrom(
  written: WrittenPolicy,
  names: PolicyNames,
): { readonly parts: PolicyParts | null; readonly refusals: readonly Refusal[] } {
  const refusals: Refusal[] = []
  const idsOf = (reference: Reference) => {
    const found = written[reference].map((name, index) => {
      const one = names.idOf(reference, name)
      if ('refusal' in one) refusals.push({ path: [reference, index], message: one.refusal })
      return 'id' in one ? one.id : name
    })
    return [...new Set(found)]
  }
  const { flows: _flows, deployments: _deployments, channels: _channels, ...rest } = written
  const parts = { ...rest, flowIds: idsOf('flows'), deploymentIds: idsOf('deployments'), channelIds: idsOf('channels') }
  return { parts: refusals.length > 0 ? null : partsOf(parts), refusals }
}
