import { follow, request } from '../../client.ts'
import { ServerChangedDocument, type ServerLinesFragment, ServerPageDocument } from '../../generated/graphql.ts'
import type { LiveSource } from '../../live/live-view.ts'

/** The stream begins with the server as it is, so it needs no place to go on from. */
export const liveServer = () => {
  let server: ServerLinesFragment | undefined
  const source: LiveSource<ServerLinesFragment, ServerLinesFragment> = {
    load: async () => ({ snapshot: (await request(ServerPageDocument, {})).server, cursor: '' }),
    follow: (after, sink) =>
      follow(ServerChangedDocument, {}, after, {
        next: ({ serverChanged }) => sink.next({ cursor: '', changes: [serverChanged], hasGap: false }),
        failed: sink.failed,
      }),
    reset(snapshot) {
      server = snapshot
    },
    apply(changes) {
      server = changes.at(-1)
    },
  }
  return { source, read: () => server }
}
