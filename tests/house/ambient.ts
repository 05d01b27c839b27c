// What a server that can run as a simulation must not take from its surroundings: time, chance, timers, settings, the network.
import type { Node, Source } from './sources.ts'
import { walk } from './sources.ts'

interface Ban {
  /** The files that may, since they are where everybody else gets it from. */
  allowed: RegExp
  instead: string
}

const clock: Ban = { allowed: /^src\/kernel\/clock\.ts$|^src\/main\.ts$/, instead: 'ctx.clock' }
const ids: Ban = { allowed: /^src\/kernel\/ids\.ts$/, instead: 'ctx.ids' }
const settings: Ban = { allowed: /^src\/kernel\/settings\.ts$|^src\/main\.ts$/, instead: 'the settings' }
const gateways: Ban = { allowed: /^src\/gateways\//, instead: 'a gateway' }

const members = new Map<string, Ban>([
  ['Date.now', clock],
  ['Temporal.Now', clock],
  ['performance.now', clock],
  ['performance.timeOrigin', clock],
  ['performance.mark', clock],
  ['process.hrtime', clock],
  ['process.uptime', clock],
  ['Math.random', ids],
  ['crypto.randomUUID', ids],
  ['crypto.getRandomValues', ids],
  ['process.env', settings],
])

const globals = new Map<string, Ban>([
  ...['setTimeout', 'setInterval', 'setImmediate'].map(name => [name, clock] as const),
  ...['fetch', 'WebSocket', 'EventSource'].map(name => [name, gateways] as const),
])

const imported = new Map<string, [names: RegExp, ban: Ban]>([
  ['timers', [/./, clock]],
  ['timers/promises', [/./, clock]],
  ['perf_hooks', [/./, clock]],
  ['crypto', [/^random|^getRandomValues$|^webcrypto$/, ids]],
  ['process', [/^(env|default)$/, settings]],
])

/** Each thing that a file takes from its surroundings although it may not, as `path:line: sentence`. */
export function ambientUses(source: Source): string[] {
  const found: { at: number; what: string; ban: Ban }[] = []
  const own = new Set<string>()
  walk(source.program, (node, parent, key) => {
    for (const use of usesAt(node, parent, key)) found.push({ at: node.start, ...use })
    if (node.type === 'Identifier' && isDeclared(parent, key)) own.add(node['name'] as string)
  })
  return found
    .filter(({ what, ban }) => !ban.allowed.test(source.path) && !own.has(what))
    .sort((a, b) => a.at - b.at)
    .map(({ at, what, ban }) => `${source.path}:${source.lineAt(at)}: takes ${what} from its surroundings: use ${ban.instead}`)
}

function usesAt(node: Node, parent: Node | undefined, key: string): { what: string; ban: Ban }[] {
  if (node.type === 'ImportDeclaration') return importUses(node)
  const name = nameOf(node, parent, key)
  if (!name) return []
  const ban = members.get(name) ?? globals.get(name) ?? (name === 'new Date()' || name === 'Date()' ? clock : undefined)
  return ban ? [{ what: name, ban }] : []
}

function nameOf(node: Node, parent: Node | undefined, key: string): string | undefined {
  if (node.type === 'MemberExpression') return memberName(node)
  if (node.type === 'NewExpression' || node.type === 'CallExpression') return dateWithoutArguments(node)
  if (/^(TS|Import|Export)/.test(parent?.type ?? '')) return undefined
  const isProperty =
    (parent?.type === 'MemberExpression' && key === 'property' && !parent['computed']) || (key === 'key' && !parent?.['computed'])
  return node.type === 'Identifier' && !isProperty ? (node['name'] as string) : undefined
}

// `globalThis.setTimeout` is `setTimeout`, `globalThis.crypto.randomUUID` is `crypto.randomUUID`.
function memberName(node: Node): string | undefined {
  const property = node['property'] as Node
  const object = node['object'] as Node
  const last = (property['name'] ?? property['value']) as string | undefined
  const first =
    object.type === 'Identifier' ? (object['name'] as string) : object.type === 'MemberExpression' ? memberName(object) : undefined
  if (!first || typeof last !== 'string') return undefined
  return first === 'globalThis' || first === 'global' ? last : `${first}.${last}`
}

function dateWithoutArguments(node: Node): string | undefined {
  const callee = node['callee'] as Node
  const isDate = callee.type === 'Identifier' && callee['name'] === 'Date' && (node['arguments'] as Node[]).length === 0
  return isDate ? (node.type === 'NewExpression' ? 'new Date()' : 'Date()') : undefined
}

function importUses(node: Node): { what: string; ban: Ban }[] {
  const from = ((node['source'] as Node)['value'] as string).replace(/^node:/, '')
  const rule = imported.get(from)
  if (!rule || node['importKind'] === 'type') return []
  const names = (node['specifiers'] as Node[]).map(one => ((one['imported'] as Node | undefined)?.['name'] ?? 'default') as string)
  return names.filter(name => rule[0].test(name)).map(name => ({ what: `${name} of node:${from}`, ban: rule[1] }))
}

// A file may name a thing of its own `fetch`; what it imports from Node is told at the import.
function isDeclared(parent: Node | undefined, key: string): boolean {
  if (!parent) return false
  if (key === 'id') return /Declarat|FunctionExpression/.test(parent.type)
  return key === 'params' || (key === 'local' && parent.type.startsWith('Import'))
}
