import { first } from './0001-first.ts'
import type { Revision } from './revision.ts'

/** All revisions, oldest first. A revision that has landed is never edited. */
export const revisions: readonly Revision[] = [first]
