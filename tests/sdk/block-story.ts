// The part of the story that is about blocks: a type with its schema, a block in another, and their end.
import type { Ask } from './rest-story.ts'

export async function tellOfBlocks(ask: Ask) {
  await ask('POST', '/block_types/install_system_block_types')
  const type = await ask('POST', '/block_types/', {
    name: 'Box',
    slug: 'box',
    logo_url: 'https://example.org/box.png',
    description: 'holds',
  })
  await ask('PATCH', `/block_types/${type.id}`, { code_example: 'Box.load("one")' })
  await ask('GET', `/block_types/${type.id}`)
  await ask('GET', '/block_types/slug/box')
  await ask('POST', '/block_types/filter', { block_schemas: { block_capabilities: { all_: ['notify'] } }, limit: 3 })
  const fields = { title: 'Box', type: 'object', properties: { token: { type: 'string' }, inner: {} }, secret_fields: ['token'] }
  const schema = await ask('POST', '/block_schemas/', { block_type_id: type.id, fields, capabilities: ['store'], version: '1.0' })
  await ask('GET', `/block_schemas/${schema.id}`)
  await ask('GET', `/block_schemas/checksum/${schema.checksum}?version=1.0`)
  await ask('POST', '/block_schemas/filter', { block_schemas: { block_type_id: { any_: [type.id] } }, limit: 1 })
  await ask('GET', '/block_capabilities/')
  await tellOfDocuments(ask, { block_type_id: type.id, block_schema_id: schema.id })
  const unused = await ask('POST', '/block_schemas/', { block_type_id: type.id, fields: { title: 'Unused' } })
  await ask('DELETE', `/block_schemas/${unused.id}`)
  await ask('DELETE', `/block_types/${type.id}`)
}

async function tellOfDocuments(ask: Ask, of: { readonly block_type_id: string; readonly block_schema_id: string }) {
  const inner = await ask('POST', '/block_documents/', { ...of, name: 'inner', data: { token: 'x' } })
  const data = { inner: { $ref: { block_document_id: inner.id } } }
  const outer = await ask('POST', '/block_documents/', { ...of, name: 'outer', data })
  await ask('POST', '/block_documents/', { ...of, data: { token: 'x' }, is_anonymous: true })
  await ask('PATCH', `/block_documents/${inner.id}`, { data: { token: 'y' } })
  for (const secrets of ['', '?include_secrets=true']) {
    await ask('GET', `/block_documents/${outer.id}${secrets}`)
    await ask('GET', `/block_types/slug/box/block_documents${secrets}`)
    await ask('GET', `/block_types/slug/box/block_documents/name/outer${secrets}`)
  }
  await ask('POST', '/block_documents/filter', { block_types: { slug: { any_: ['box'] } }, include_secrets: true, sort: 'NAME_DESC' })
  await ask('POST', '/block_documents/count', {})
  await ask('DELETE', `/block_documents/${outer.id}`)
}
