import { request } from '../../client.ts'
import { BlockDocumentsOfTypeDocument } from '../../generated/graphql.ts'

/** Those that a field may refer to. */
export const documentsOf = async (slug: string): Promise<readonly { id: string; name: string }[]> =>
  (await request(BlockDocumentsOfTypeDocument, { slug })).blockDocuments.nodes

export const blockNameError = (name: string): string | undefined => {
  if (name === '') return 'A block needs a name.'
  if (!/^[a-z0-9-]+$/.test(name)) return 'Only lowercase letters, digits and dashes.'
  return name.length > 255 ? 'At most 255 characters.' : undefined
}
