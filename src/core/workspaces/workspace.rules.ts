/** The workspace that `/api` and `/graphql` speak of; written by the first migration. */
export const defaultWorkspace = Object.freeze({ id: '00000000-0000-7000-8000-000000000002', slug: 'default', name: 'Default' })

export const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/
