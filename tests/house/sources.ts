// Reads the project's sources for the house's rules, with a real parser.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'rolldown/experimental'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const fixtures = fileURLToPath(new URL('fixtures', import.meta.url))

/** Paths of the files under a folder, relative to `base`, sorted, with slashes. */
export function filesUnder(base: string, folder: string): string[] {
  return readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.join(entry.parentPath.slice(base.length).replaceAll('\\', '/'), entry.name).replace(/^\//, ''))
    .filter(path => !path.split('/').includes('node_modules'))
    .sort()
}

export interface Import {
  /** As written: `./clock.ts`, `pg`, `node:http`. */
  from: string
  line: number
  /** True where only types are taken, which leave nothing at run time. */
  isType: boolean
}

export interface Node {
  type: string
  start: number
  [key: string]: unknown
}

export interface Source {
  path: string
  text: string
  imports: Import[]
  program: Node
  lineAt(offset: number): number
}

export function readSource(base: string, path: string): Source {
  const text = readFileSync(join(base, path), 'utf8')
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]!.message}`)
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length
  return { path, text, program: program as unknown as Node, lineAt, imports: importsOf(program as unknown as Node, lineAt) }
}

/** Visits every node of a tree, parents first. */
export function walk(node: unknown, visit: (node: Node, parent: Node | undefined, key: string) => void, parent?: Node, key = ''): void {
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit, parent, key)
  } else if (node && typeof node === 'object' && typeof (node as Node).type === 'string') {
    visit(node as Node, parent, key)
    for (const [name, child] of Object.entries(node)) if (child && typeof child === 'object') walk(child, visit, node as Node, name)
  }
}

// `import`, `export … from`, `import()` and `typeof import()`: whatever names another module.
function importsOf(program: Node, lineAt: (offset: number) => number): Import[] {
  const imports: Import[] = []
  walk(program, node => {
    const source = node['source'] as Node | null | undefined
    if (!/^(ImportDeclaration|ExportNamedDeclaration|ExportAllDeclaration|ImportExpression|TSImportType)$/.test(node.type)) return
    if (typeof source?.['value'] !== 'string') return
    const isType = node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type' || hasOnlyTypes(node)
    imports.push({ from: source['value'], line: lineAt(node.start), isType })
  })
  return imports
}

function hasOnlyTypes(node: Node): boolean {
  const specifiers = (node['specifiers'] ?? []) as Node[]
  return specifiers.length > 0 && specifiers.every(one => one['importKind'] === 'type' || one['exportKind'] === 'type')
}
