import { Document } from 'yaml'
import { z } from 'zod'
import { isDefault, type WrittenPolicy, writtenFields, writtenPolicy } from './written-policy.ts'
import { readYaml, type YamlPath, type YamlPlace, type YamlText } from './yaml-text.ts'

export const LONGEST_TEXT = 300_000
const MOST_WRITTEN = 1000
const MOST_PROBLEMS = 100

/** What cannot be used of a file, and where it stands there. */
export interface Problem extends YamlPlace {
  /** `policies[0].channels[1]`; empty for what concerns the whole. */
  readonly path: string
  readonly message: string
}

export interface PolicyText {
  /** In their order; null for one that cannot be read. */
  readonly policies: readonly (WrittenPolicy | null)[]
  readonly problems: readonly Problem[]
  problemAt(path: YamlPath, message: string): Problem
}

const head = z.strictObject({
  version: z.literal(1, 'is no version that is known here: 1 is').default(1),
  policies: z.array(z.unknown()).max(MOST_WRITTEN),
})

/** Reads a file of policies, and says all that is wrong with it, not the first only. */
export function readPolicyText(text: string): PolicyText {
  const yaml = readYaml(text)
  const problemAt = (path: YamlPath, message: string): Problem => ({ ...yaml.placeOf(path), path: pathText(path), message })
  const unreadable = (problems: readonly Problem[]): PolicyText => ({ policies: [], problems, problemAt })
  if (yaml.slips.length > 0)
    return unreadable(yaml.slips.map(({ message, ...place }) => ({ ...place, path: '', message: `is no YAML: ${message}` })))

  const problemsOf = (error: z.ZodError, above: YamlPath) => flaws(error, above, yaml).map(([path, message]) => problemAt(path, message))
  const parsed = head.safeParse(yaml.value)
  if (!parsed.success) return unreadable(problemsOf(parsed.error, []))
  const problems: Problem[] = []
  const policies = parsed.data.policies.map((policy, index) => {
    const read = writtenPolicy.safeParse(policy)
    if (!read.success && problems.length < MOST_PROBLEMS) problems.push(...problemsOf(read.error, ['policies', index]))
    return read.success ? read.data : null
  })
  return { policies, problems, problemAt }
}

const heading = ` Notification policies. What is left out is at its default.
 Channels stand on the server with their secrets, and are named here: kind/name.`

/** The same policies are the same text, in whatever order they come. */
export function printPolicyText(policies: readonly WrittenPolicy[]): string {
  const sorted = policies.map(shortened).toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))
  const document = new Document({ version: 1, policies: sorted }, { aliasDuplicateObjects: false })
  document.commentBefore = heading
  return document.toString({ lineWidth: 0 })
}

const shortened = (policy: WrittenPolicy): Partial<WrittenPolicy> =>
  Object.fromEntries(writtenFields.filter(field => !isDefault(field, policy[field])).map(field => [field, policy[field]]))

/** Those without a name last. */
const sortKey = (policy: Partial<WrittenPolicy>): string => `${policy.name === undefined ? '~' : '!'}${JSON.stringify(policy)}`

const flaws = ({ issues }: z.ZodError, above: YamlPath, { has }: YamlText): (readonly [path: YamlPath, message: string])[] =>
  issues.slice(0, MOST_PROBLEMS).flatMap((issue): (readonly [YamlPath, string])[] => {
    const path = [...above, ...(issue.path as YamlPath)]
    if (issue.code !== 'unrecognized_keys') return [[path, has(path) ? issue.message : 'is missing']]
    const known = above.length === 0 ? Object.keys(head.shape) : writtenFields
    return issue.keys.slice(0, MOST_PROBLEMS).map(key => [[...path, key], `is no field. There are: ${known.join(', ')}`])
  })

/** `policies[0].channels[1]` */
const pathText = (path: YamlPath): string =>
  path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`)).join('')
