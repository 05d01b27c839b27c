// Prints each state change of each flow run, once, across lost connections and restarts of the server and of this program.
//   node examples/node/follow-runs.js [file that keeps the cursor]
import { follow } from 'castellan/client'
import { fileCursor } from 'castellan/client/file-cursor'

const {
  argv: [, , cursorFile = 'follow-runs.cursor'],
  env: { CASTELLAN_URL: url = 'http://127.0.0.1:4200', CASTELLAN_SERVER_API_AUTH_STRING: authString },
} = process

const document = `subscription ($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    gap { reason }
    changes { occurredAt flowRun { name flow { name } } state { name } }
  }
}`

const frames = follow(document, {
  url: `${url}/graphql`,
  store: fileCursor(cursorFile),
  headers: authString ? { authorization: `Basic ${Buffer.from(authString).toString('base64')}` } : {},
  onLost: error => console.error(`${error.message} Trying again.`),
})

for await (const { data, gap } of frames) {
  if (gap) console.error(`Some changes were missed: ${gap.reason}.`)
  for (const { occurredAt, flowRun, state } of data.flowRunStateChanged.changes) {
    console.log(`${occurredAt}  ${flowRun.flow.name} / ${flowRun.name}: ${state.name}`)
  }
}
