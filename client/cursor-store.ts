/** Keeps how far a follower has come. What is saved is whole or not at all. */
export interface CursorStore {
  load(): Promise<string | undefined>
  save(cursor: string): Promise<void>
}

/** For as long as the program runs: resumes after lost connections and restarts of the server, not after its own. */
export const memoryCursor = (): CursorStore => {
  let kept: string | undefined
  return {
    load: async () => kept,
    save: async cursor => void (kept = cursor),
  }
}

/** In a browser: `localStorage` unless another storage is given. */
export const webStorageCursor = (key: string, storage: Pick<Storage, 'getItem' | 'setItem'> = localStorage): CursorStore => ({
  load: async () => storage.getItem(key) ?? undefined,
  save: async cursor => storage.setItem(key, cursor),
})
