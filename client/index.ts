// What integrators import: `import { follow } from 'castellan/client'`. It stands alone: no dependency, and nothing of the server's.
export { type CursorStore, memoryCursor, webStorageCursor } from './cursor-store.ts'
export { FollowError } from './errors.ts'
export { type Document, type FollowOptions, type Frame, follow, type Gap } from './follow.ts'
