import { readFile, rename, writeFile } from 'node:fs/promises'
import type { CursorStore } from './cursor-store.ts'

/** In a file of its own, replaced in one step: a program killed while saving finds the cursor before, never half of one. */
export const fileCursor = (path: string): CursorStore => ({
  async load() {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return ''
      throw error
    })
    return text.trim() || undefined
  },
  async save(cursor) {
    await writeFile(`${path}.next`, cursor)
    await rename(`${path}.next`, path)
  },
})
