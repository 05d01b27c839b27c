import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './sources.ts'

const lockfile = readFileSync(join(root, 'package-lock.json'), 'utf8')
const packages: Record<string, { version?: string; resolved?: string }> = JSON.parse(lockfile).packages
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

describe('the lockfile', () => {
  // Two copies of graphql answer every request with an error; two of a driver disagree about types and connections.
  test.each(['graphql', 'pg', 'better-sqlite3', 'kysely', '@mikro-orm/core'])('holds one copy of %s', name => {
    const copies = Object.keys(packages).filter(path => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    expect(copies).toEqual([`node_modules/${name}`])
  })

  test('names no host that a package came from', () => {
    expect(lockfile.match(/"resolved": "https?:.*/g) ?? []).toEqual([])
  })

  test('holds every MikroORM package at one version', () => {
    const versions = Object.entries(packages)
      .filter(([path]) => /^node_modules\/@mikro-orm\/[^/]+$/.test(path))
      .map(([, entry]) => entry.version)
    expect([...new Set(versions)]).toHaveLength(1)
  })
})

describe('package.json', () => {
  test('pins what the server is made of exactly', () => {
    const loose = Object.entries(manifest.dependencies as Record<string, string>).filter(([, version]) => !/^\d/.test(version))
    expect(loose).toEqual([])
  })

  test('says of every package with an install script whether it may run', () => {
    const scripted = Object.entries(JSON.parse(lockfile).packages as Record<string, { hasInstallScript?: boolean }>)
      .filter(([, entry]) => entry.hasInstallScript)
      .map(([path]) => path.replace(/^.*node_modules\//, ''))
    expect(scripted.filter(name => !(name in manifest.allowScripts))).toEqual([])
  })
})
