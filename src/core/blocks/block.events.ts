import type { Clock } from '../../kernel/clock.ts'
import type { EventDraft } from '../../kernel/event-log.ts'
import type { Ids } from '../../kernel/ids.ts'
import { changeEvents } from '../events/index.ts'
import type { ListedBlockDocument } from './block-document.entity.ts'

export const typeEvents = changeEvents('block-type')

type Env = { readonly ids: Ids; readonly clock: Clock }
type Told = Pick<ListedBlockDocument, 'id' | 'workspaceId' | 'name' | 'blockTypeId' | 'blockTypeName' | 'blockSchemaId'>

const plain = changeEvents('block-document')

/** Whose they are, and no more: what blocks hold stays out of the log, secret or not. */
const told =
  (verb: keyof typeof plain) =>
  (env: Env, document: Told): EventDraft => ({
    ...plain[verb](env, document),
    related: [
      { 'prefect.resource.id': `prefect.block-type.${document.blockTypeId}`, 'prefect.resource.role': 'block-type' },
      { 'prefect.resource.id': `prefect.block-schema.${document.blockSchemaId}`, 'prefect.resource.role': 'block-schema' },
    ],
    payload: { name: document.name, block_type_name: document.blockTypeName },
  })

export const documentEvents = { created: told('created'), updated: told('updated'), deleted: told('deleted') } as const
