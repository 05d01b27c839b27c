// `npm run lists`: writes the lists that name every concept, from the names of the files. Adding a concept touches none of them by hand.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './prepare.js'

const header = '// Written by `npm run lists` from the files beside it. Not edited by hand.\n'

/** Path → text of each list. */
export function lists() {
  return {
    'src/core/entities.ts': entities(),
    'src/doors/graphql/concepts.ts': graphqlConcepts(),
    'src/doors/rest/routers.ts': restRouters(),
    'migrations/index.ts': revisions(),
    'web/src/parts/state-names.ts': stateNames(),
  }
}

/** The pages import nothing of the server, and tell the same names. */
function stateNames() {
  const source = 'src/core/states/state-names.ts'
  const [table] = exported(source, /const namesOfTypes[^=]*= (\{[^}]*\})/g)
  return `// Written by \`npm run lists\` from ${source}. Not edited by hand.
import type { StateType } from './states.ts'

/** The names that clients and the server give to states of a type, its own first. */
export const namesOfTypes: Readonly<Record<StateType, readonly string[]>> = ${table}
`
}

function entities() {
  const found = folders('src/core').flatMap(concept =>
    files(`src/core/${concept}`, /\.entity\.ts$/).flatMap(file =>
      exported(`src/core/${concept}/${file}`, /export const (\w+) = defineEntity/g).map(name => ({ concept, name })),
    ),
  )
  const concepts = [...new Set(found.map(({ concept }) => concept))]
  const imports = concepts.map(concept => {
    const names = found.filter(entity => entity.concept === concept).map(({ name }) => name)
    return `import { ${names.sort().join(', ')} } from './${concept}/index.ts'`
  })
  const names = found.map(({ name }) => name).sort()
  return `${header}${imports.join('\n')}\n\n/** What MikroORM is given. */\nexport const entities = [${names.join(', ')}] as const\n`
}

function graphqlConcepts() {
  const adding = /^builder\.((query|mutation|subscription)Fields?|objectFields?)\(|^export const \w+ = builder\.objectRef/m
  const own = files('src/doors/graphql', /\.ts$/).filter(file => adding.test(readFileSync(join(root, 'src/doors/graphql', file), 'utf8')))
  return `${header}${own.map(file => `import './${file}'`).join('\n')}\n`
}

function restRouters() {
  const found = files('src/doors/rest', /\.ts$/).flatMap(file =>
    exported(`src/doors/rest/${file}`, /export function (\w+Routes)\(/g).map(name => ({ file, name })),
  )
  const imports = found.map(({ file, name }) => `import { ${name} } from './${file}'`)
  return `${header}${imports.join('\n')}\n\nexport const routers = [${found.map(({ name }) => name).join(', ')}] as const\n`
}

function revisions() {
  const found = files('migrations', /^\d{4}-.*\.ts$/).flatMap(file =>
    exported(`migrations/${file}`, /export const (\w+) = revision\(/g).map(name => ({ file, name })),
  )
  const imports = found.map(({ file, name }) => `import { ${name} } from './${file}'`)
  return `${header}${imports.join('\n')}\nimport type { Revision } from './revision.ts'\n\n/** All revisions, oldest first. One that has landed is never edited. */\nexport const revisions: readonly Revision[] = [${found.map(({ name }) => name).join(', ')}]\n`
}

const folders = path =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .sort()
const files = (path, pattern) =>
  readdirSync(join(root, path))
    .filter(name => pattern.test(name))
    .sort()
const exported = (path, pattern) => [...readFileSync(join(root, path), 'utf8').matchAll(pattern)].map(([, name]) => name)

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const [path, text] of Object.entries(lists())) writeFileSync(join(root, path), text)
}
