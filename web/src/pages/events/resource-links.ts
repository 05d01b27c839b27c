import { linkTo } from '../../links.ts'
import type { Resource } from './event-words.ts'

const pages: Readonly<Record<string, (resource: Resource) => string>> = {
  'flow run': ({ key }) => linkTo.flowRun(key),
  'task run': ({ key }) => linkTo.taskRun(key),
  flow: ({ key }) => linkTo.flow(key),
  deployment: ({ key }) => linkTo.deployment(key),
  'block document': ({ key }) => linkTo.block(key),
  'notification policy': ({ key }) => linkTo.notification(key),
  variable: () => linkTo.variables(),
  artifact: ({ key }) => linkTo.artifact(key),
  'artifact collection': ({ key }) => linkTo.artifactKey(key),
  tag: ({ key }) => linkTo.flows({ tag: key }),
}

/** Where a resource has a page, if it has one. */
export const hrefOf = (resource: Resource): string | undefined => pages[resource.kind ?? '']?.(resource)
