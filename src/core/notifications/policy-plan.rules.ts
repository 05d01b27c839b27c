import { createHash } from 'node:crypto'
import { isDefault, type PolicyParts, partsOf, propertyOf, type WrittenPolicy, writtenFields } from './written-policy.ts'

export const policyStepActions = ['CREATE', 'UPDATE', 'DELETE', 'UNCHANGED'] as const

/** A policy that is there, or is wanted. */
export interface Wanted {
  readonly parts: PolicyParts
  /** The same by names; asked only of what changes. */
  written(): WrittenPolicy
}

export interface Present extends Wanted {
  readonly id: string
}

/** One field of a policy, before and after; null where there is no policy. */
export interface PolicyFieldChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** What becomes of one policy. */
export interface PolicyStep {
  readonly action: (typeof policyStepActions)[number]
  /** Null until it is made. */
  readonly id: string | null
  readonly name: string | null
  /** Its place among the policies of the file, from 0; null when it is not among them. */
  readonly index: number | null
  readonly changes: readonly PolicyFieldChange[]
  readonly before: PolicyParts | null
  readonly after: PolicyParts | null
}

export interface Pairing {
  readonly steps: readonly PolicyStep[]
  /** Places, in the file, of policies of which it cannot be told which one is meant. */
  readonly ambiguous: readonly number[]
}

/**
 * A policy is known by its name. Those that are equal stay as they are; of what is left, one that is written is the one of its name, or without one, that is
 * there. Where there are several it cannot be told which is which. Null: what was written could not be read.
 */
export function pairPolicies(present: readonly Present[], wanted: readonly (Wanted | null)[], prune: boolean): Pairing {
  const equals = Map.groupBy(present, contentOf)
  const kept = wanted.map(one => (one && equals.get(contentOf(one))?.shift()) ?? null)
  const left = new Set(present).difference(new Set(kept))
  const namesakes = Map.groupBy(left, nameOf)
  const rivals = Map.groupBy(
    wanted.filter((one, index) => one && !kept[index]),
    one => nameOf(one!),
  )
  const ambiguous: number[] = []
  const steps = wanted.flatMap((one, index) => {
    if (!one) return []
    if (kept[index]) return step('UNCHANGED', kept[index], one, index)
    const [namesake, ...others] = namesakes.get(nameOf(one)) ?? []
    if (!namesake) return step('CREATE', null, one, index)
    if (others.length === 0 && rivals.get(nameOf(one))!.length === 1) {
      left.delete(namesake)
      return step('UPDATE', namesake, one, index)
    }
    ambiguous.push(index)
    return []
  })
  return { steps: prune ? steps.concat([...left].map(one => step('DELETE', one, null, null))) : steps, ambiguous }
}

const contentOf = ({ parts }: Wanted): string => JSON.stringify(partsOf(parts))
const nameOf = ({ parts }: Wanted): string | null => parts.name ?? null

/** What a plan would do and to what: two plans with the same one do the same. */
export const fingerprintOf = (steps: readonly PolicyStep[]): string =>
  createHash('sha256')
    .update(JSON.stringify(steps.map(({ action, id, before, after }) => [action, id, before && partsOf(before), after && partsOf(after)])))
    .digest('hex')
    .slice(0, 16)

function step(action: PolicyStep['action'], present: Present | null, wanted: Wanted | null, index: number | null): PolicyStep {
  const isKept = action === 'UNCHANGED'
  const [before, after] = isKept ? [] : [present?.written(), wanted?.written()]
  const isTold = (field: keyof WrittenPolicy): boolean =>
    present && wanted
      ? !isSame(present.parts[propertyOf(field)], wanted.parts[propertyOf(field)])
      : !isDefault(field, (after ?? before)![field])
  return {
    action,
    id: present?.id ?? null,
    name: nameOf((wanted ?? present)!),
    index,
    changes: (isKept ? [] : writtenFields.filter(isTold)).map(field => ({
      field,
      before: before?.[field] ?? null,
      after: after?.[field] ?? null,
    })),
    before: present?.parts ?? null,
    after: wanted?.parts ?? null,
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
