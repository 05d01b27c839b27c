import { formatCount } from '../words.ts'
import type { Field, GroupField } from './schema-fields.ts'

/** What stands in a field while somebody writes: never what it means. */
export type FieldDraft = string | boolean | SecretDraft | EntryDraft[] | Draft
export interface Draft {
  [name: string]: FieldDraft
}
export interface SecretDraft {
  text: string
  /** What the server shows in the place of the secret it has: given back, that secret stays. Undefined for another one. */
  kept: unknown
}
export interface EntryDraft extends SecretDraft {
  key: string
}

type Values = Readonly<Record<string, unknown>>

/** A form for what is, or for something new. Of secrets only which there are is known. */
export const draftOf = (fields: readonly Field[], values?: Values): Draft =>
  Object.fromEntries(fields.map(field => [field.name, fieldDraftOf(field, values?.[field.name], values !== undefined)]))

const fieldDraftOf = (field: Field, value: unknown, isKnown: boolean): FieldDraft => {
  if (field.kind === 'group') return draftOf(field.fields, isKnown ? asValues(value) : undefined)
  if (field.kind === 'block') return blockIdOf(value)
  if (field.kind === 'secret') return { text: '', kept: isKnown ? (value ?? undefined) : undefined }
  const shown = value ?? (isKnown ? undefined : field.start)
  if (field.kind === 'boolean') return shown === true
  if (field.kind === 'map')
    return Object.entries(asValues(shown)).map(([key, value]) => ({
      key,
      text: field.isSecret ? '' : textOf(value, field.isOfTexts),
      kept: field.isSecret && isKnown ? value : undefined,
    }))
  if (shown === undefined || shown === null) return ''
  if (field.kind === 'choice') return JSON.stringify(shown)
  if (field.kind === 'list') return Array.isArray(shown) ? shown.map(one => textOf(one, field.isOfTexts)).join('\n') : ''
  if (field.kind === 'json') return field.takesText ? textOf(shown, false) : JSON.stringify(shown, null, 2)
  return textOf(shown, true)
}

const blockIdOf = (value: unknown): string => {
  const { $ref, block_document_id: own } = asValues(value)
  const id = asValues($ref).block_document_id ?? own ?? value
  return typeof id === 'string' ? id : ''
}

/** What is written, as the server is told it: what stands empty is left out, secrets that stay are given back as they were shown. */
export const valuesOf = (fields: readonly Field[], draft: Draft): Record<string, unknown> =>
  Object.fromEntries(
    fields.flatMap(field => {
      const value = valueIn(field, draft[field.name])
      return value === undefined ? [] : [[field.name, value]]
    }),
  )

const valueIn = (field: Field, draft: FieldDraft | undefined): unknown => {
  if (field.kind === 'group') return isLeftOut(field, draft as Draft) ? undefined : valuesOf(field.fields, draft as Draft)
  if (field.kind === 'boolean') return draft === true
  if (field.kind === 'secret') return secretIn(draft as SecretDraft)
  if (field.kind === 'map') return mapOf(draft as EntryDraft[], field.isOfTexts)
  const text = draft as string
  if (text.trim() === '') return undefined
  if (field.kind === 'block') return { $ref: { block_document_id: text } }
  if (field.kind === 'number') return Number(text)
  if (field.kind === 'choice') return JSON.parse(text)
  if (field.kind === 'list') return linesOf(text).map(line => (field.isOfTexts ? line : read(line)))
  return field.kind === 'json' ? read(text) : text
}

const secretIn = ({ text, kept }: SecretDraft) => kept ?? (text === '' ? undefined : text)

const mapOf = (entries: readonly EntryDraft[], isOfTexts: boolean) => {
  const written = entries.filter(({ key }) => key.trim() !== '')
  const told = ({ text, kept }: EntryDraft) => kept ?? (isOfTexts ? text : read(text))
  return written.length === 0 ? undefined : Object.fromEntries(written.map(entry => [entry.key.trim(), told(entry)]))
}

/** Why what is written cannot be saved, by the path of each field. */
export const wrongIn = (fields: readonly Field[], draft: Draft, path = ''): Record<string, string> =>
  Object.assign(
    {},
    ...fields.map(field => {
      const at = path + field.name
      if (field.kind === 'group') {
        const group = draft[field.name] as Draft
        return isLeftOut(field, group) ? {} : wrongIn(field.fields, group, `${at}.`)
      }
      const wrong = wrongOf(field, draft[field.name])
      return wrong === undefined ? {} : { [at]: wrong }
    }),
  )

const wrongOf = (field: Field, draft: FieldDraft | undefined): string | undefined => {
  if (isEmpty(draft)) return field.isRequired ? `${field.label} ${/[^s]s$/.test(field.label) ? 'are' : 'is'} needed.` : undefined
  if (field.kind === 'number') return wrongNumber(draft as string, field)
  if (field.kind === 'json' && !field.takesText && !isJson(draft as string)) return 'This is no JSON: texts stand in double quotes.'
  if (field.kind !== 'map') return undefined
  const keys = (draft as EntryDraft[]).map(({ key }) => key.trim())
  if (keys.includes('')) return 'Each value needs a name.'
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  return twice === undefined ? undefined : `“${twice}” stands there twice.`
}

/** Nothing of it is written, and nobody asks for it. */
const isLeftOut = (field: GroupField, draft: Draft): boolean => !field.isRequired && Object.values(draft).every(isBlank)

const isBlank = (draft: FieldDraft): boolean => draft === false || isEmpty(draft) || (isGroup(draft) && Object.values(draft).every(isBlank))

const isSecret = (draft: FieldDraft | undefined): draft is SecretDraft => typeof draft === 'object' && 'kept' in draft && 'text' in draft

const isGroup = (draft: FieldDraft): draft is Draft => typeof draft === 'object' && !Array.isArray(draft) && !isSecret(draft)

const isEmpty = (draft: FieldDraft | undefined): boolean => {
  if (typeof draft === 'string') return draft.trim() === ''
  if (Array.isArray(draft)) return draft.length === 0
  return isSecret(draft) ? draft.kept === undefined && draft.text === '' : draft === undefined
}

const wrongNumber = (text: string, { isWhole, least, most }: Field & { kind: 'number' }): string | undefined => {
  const number = Number(text)
  if (!Number.isFinite(number)) return 'This is no number.'
  if (isWhole && !Number.isInteger(number)) return 'This must be a whole number.'
  if (least !== undefined && number < least) return `At least ${formatCount(least)}.`
  return most !== undefined && number > most ? `At most ${formatCount(most)}.` : undefined
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const read = (text: string): unknown => (isJson(text) ? JSON.parse(text) : text)

/** What, written into a field, is this value again. */
const textOf = (value: unknown, isOfTexts: boolean): string =>
  typeof value === 'string' && (isOfTexts || !isJson(value)) ? value : JSON.stringify(value)

const asValues = (value: unknown): Values => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {})
