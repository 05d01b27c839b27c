// Who may import whom: kernel < core < { storage, doors/*, services, gateways } < main. Siblings do not import each other;
// only the doors of a protocol stand on doors/http, which owns the listener (docs/adr/0004-layout.md). client/ stands alone, and web/ on it.
import { posix } from 'node:path'
import type { Import, Source } from './sources.ts'

/** Where packages may be used, by folder. A package that no line names may be used anywhere. */
const packagePlaces: [RegExp, string[]][] = [
  [
    /^(graphql|graphql-yoga|graphql-ws|ws|fastify|dataloader|commander|prom-client)$|^(@pothos|@fastify|@graphql-yoga)\//,
    ['src/doors/', 'src/main.ts'],
  ],
  [/^(node:)?(http|https|http2)$/, ['src/doors/', 'src/main.ts', 'src/gateways/']],
  [/^(better-sqlite3|pg)$|^@mikro-orm\/(sqlite|postgresql|migrations)$/, ['src/storage/', 'migrations/']],
  [/^(node:)?(net|tls|dns|dgram)$|^(node:)?dns\/|^(nodemailer|undici)$/, ['src/gateways/']],
]

const rungs = ['kernel', 'core', 'adapters', 'main']

/** Breaches of the ladder in one file, as `path:line: sentence`. */
export function breachesOf(source: Source): string[] {
  const here = (line: number, sentence: string) => `${source.path}:${line}: ${sentence}`
  return source.imports.flatMap(one => {
    const sentence = one.from.startsWith('.') ? relativeBreach(source.path, one) : packageBreach(source.path, one.from)
    return sentence ? [here(one.line, sentence)] : []
  })
}

function relativeBreach(path: string, one: Import): string | undefined {
  const target = resolve(path, one.from)
  if (!/\.(ts|js|json|svelte|css)(\?\w+)?$/.test(target)) return `writes the import of ${one.from} without its ending`
  if (path.startsWith('client/')) return target.startsWith('client/') ? undefined : `client imports ${target}, which is outside client/`
  if (path.startsWith('web/')) return /^(web|client)\//.test(target) ? undefined : `web imports ${target}, which is outside web/`
  if (path.startsWith('migrations/')) return undefined
  if (!target.startsWith('src/'))
    return target.startsWith('migrations/') && path.startsWith('src/storage/') ? undefined : `imports ${target}, which is outside src/`
  return rungBreach(path, target) ?? conceptBreach(path, target)
}

function rungBreach(path: string, target: string): string | undefined {
  const [from, to] = [placeOf(path), placeOf(target)]
  if (rungs.indexOf(to.rung) > rungs.indexOf(from.rung)) return `${from.name} imports ${to.name}, which stands above it`
  if (from.name.startsWith('doors/') && target === 'src/doors/http/index.ts') return undefined
  if (from.rung === 'adapters' && to.rung === 'adapters' && from.name !== to.name) return `${from.name} imports its sibling ${to.name}`
  return undefined
}

function conceptBreach(path: string, target: string): string | undefined {
  const [from, to] = [conceptOf(path), conceptOf(target)]
  if (!from || !to || from === to || target === `src/core/${to}/index.ts`) return undefined
  return `the concept ${from} reaches into ${to} past its index.ts`
}

function packageBreach(path: string, name: string): string | undefined {
  if (path.startsWith('client/') && name !== 'node:fs/promises') return `client uses ${name}: it has no dependency`
  if (!path.startsWith('src/') && !path.startsWith('migrations/')) return undefined
  const rule = packagePlaces.find(([pattern]) => pattern.test(name))
  if (!rule || rule[1].some(place => path.startsWith(place))) return undefined
  return `uses ${name}, which belongs to ${rule[1].join(', ')}`
}

export interface Place {
  rung: string
  name: string
}

/** The rung and the sibling that a file of src/ belongs to. */
export function placeOf(path: string): Place {
  const [, first = '', second = ''] = path.split('/')
  if (first === 'kernel' || first === 'core') return { rung: first, name: first }
  if (!second) return { rung: 'main', name: first }
  return { rung: 'adapters', name: first === 'doors' && path.split('/').length > 3 ? `doors/${second}` : first }
}

export const conceptOf = (path: string): string | undefined => /^src\/core\/([^/]+)\/./.exec(path)?.[1]

export const resolve = (path: string, from: string): string => posix.join(posix.dirname(path), from)

/** Circles among the concepts of core, each as `a -> b -> a`; types count too, since a reader follows them as well. */
export function circlesOf(sources: Source[]): string[] {
  const edges = new Map<string, Set<string>>()
  for (const source of sources) {
    const from = conceptOf(source.path)
    if (!from) continue
    for (const one of source.imports) {
      const to = one.from.startsWith('.') ? conceptOf(resolve(source.path, one.from)) : undefined
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  const circles = new Set<string>()
  for (const start of edges.keys()) findCircles(start, [start], edges, circles)
  return [...circles].sort()
}

// Each circle is told once, from its alphabetically first concept.
function findCircles(start: string, path: string[], edges: Map<string, Set<string>>, circles: Set<string>): void {
  for (const next of edges.get(path.at(-1)!) ?? []) {
    if (next === start) circles.add([...path, start].join(' -> '))
    else if (next > start && !path.includes(next)) findCircles(start, [...path, next], edges, circles)
  }
}
