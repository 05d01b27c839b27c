import { follow, request } from '../../client.ts'
import { toast } from '../../frame/toasts.svelte.ts'
import {
  CreateSavedViewDocument,
  DeleteSavedViewDocument,
  SavedViewEventsDocument,
  type SavedViewLineFragment,
  SavedViewsDocument,
  UpdateSavedViewDocument,
  type ViewedList,
} from '../../generated/graphql.ts'
import { clock } from '../../live/clock.svelte.ts'
import type { LiveSource } from '../../live/live-view.ts'

export type SavedView = SavedViewLineFragment

/** The views that everybody in the workspace finds. They change seldom: each change reads them again. */
export const liveViews = (list: ViewedList) => {
  let views: readonly SavedView[] = []
  const source: LiveSource<readonly SavedView[], never> = {
    async load() {
      // The list beside them waits for the clock: so they go with it in one request.
      await clock.isKnown
      const { savedViews, server } = await request(SavedViewsDocument, { list })
      return { snapshot: savedViews, cursor: server.eventCursor }
    },
    follow: (after, sink) =>
      follow(SavedViewEventsDocument, {}, after, {
        next: ({ eventOccurred: { cursor, events, gap } }) => sink.next({ cursor, changes: [], hasGap: gap != null || events.length > 0 }),
        failed: sink.failed,
      }),
    reset(read) {
      views = read
    },
    apply: () => undefined,
  }
  return { source, read: () => views }
}

type NewView = Pick<SavedView, 'list' | 'name' | 'query'> & { isDefault?: boolean }

export const saveView = async ({ list, name, query, isDefault }: NewView, done = 'Saved'): Promise<void> => {
  await request(CreateSavedViewDocument, { input: { list, name, query, isDefault } })
  toast({ text: done, name })
}

export const renameView = async ({ id }: SavedView, name: string): Promise<void> => {
  await request(UpdateSavedViewDocument, { input: { id, name } })
  toast({ text: 'Renamed', name })
}

export const writeOverView = (view: SavedView, query: string): Promise<void> =>
  told(`Not saved over ${view.name}`, async () => {
    await request(UpdateSavedViewDocument, { input: { id: view.id, query } })
    const back = () => request(UpdateSavedViewDocument, { input: { id: view.id, query: view.query } })
    toast({ text: 'Saved over', name: view.name, undo: () => void told('Not put back', back) })
  })

export const openOnView = (view: SavedView, isDefault: boolean, noun: string): Promise<void> =>
  told(`Not changed`, async () => {
    await request(UpdateSavedViewDocument, { input: { id: view.id, isDefault } })
    toast({ text: `The ${noun} ${isDefault ? 'open on' : 'no longer open on'}`, name: view.name })
  })

export const deleteView = (view: SavedView): Promise<void> =>
  told('Not deleted', async () => {
    await request(DeleteSavedViewDocument, { id: view.id })
    toast({ text: 'Deleted', name: view.name, undo: () => void told('Not put back', () => saveView(view, 'Put back')) })
  })

const told = async (failed: string, act: () => Promise<unknown>): Promise<void> => {
  try {
    await act()
  } catch (error) {
    toast({ text: `${failed}: ${error instanceof Error ? error.message : 'something unexpected happened.'}`, isError: true })
  }
}
