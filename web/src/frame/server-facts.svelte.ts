import { connection, request } from '../client.ts'
import { ServerFactsDocument, type ServerFactsQuery } from '../generated/graphql.ts'
import { clock } from '../live/clock.svelte.ts'

let current = $state.raw<ServerFactsQuery['server']>()

let isAsking = false

const load = async () => {
  const askedAt = Date.now()
  isAsking = true
  try {
    const { server } = await request(ServerFactsDocument, {})
    clock.setFromServer(server.now, askedAt, Date.now())
    current = server
  } catch {
    clock.becomeKnown()
    // The frame stands without it; whatever the page shows says what is wrong, and the next connection asks again.
  } finally {
    isAsking = false
  }
}

/** Asked again at every new connection: the server may have been upgraded, or its clock set, while we were away. */
export const startServerFacts = (): void => {
  void load()
  let isFirst = true
  connection.subscribe(() => {
    if (!connection.isPushed) return
    const isAnswered = isFirst && (isAsking || current !== undefined)
    if (!isAnswered) void load()
    isFirst = false
  })
}

export const serverFacts = {
  get current() {
    return current
  },
}
