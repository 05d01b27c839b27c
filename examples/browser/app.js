// Shows each state change of each flow run, once, across lost connections, restarts of the server, and reloads of this page.
// With a bundler, import it from 'castellan/client'.
import { follow, webStorageCursor } from '../../dist/client/index.js'

const url = new URLSearchParams(location.search).get('server') ?? 'http://127.0.0.1:4200'
const connection = document.querySelector('#connection')
const changes = document.querySelector('#changes')

const subscription = `subscription ($after: Cursor) {
  flowRunStateChanged(after: $after) {
    cursor
    gap { reason }
    changes { occurredAt flowRun { name flow { name } } state { name } }
  }
}`

const frames = follow(subscription, {
  url: `${url}/graphql`,
  store: webStorageCursor('follow-runs'),
  onLost: error => (connection.textContent = `${error.message} Trying again.`),
})

for await (const { data, gap } of frames) {
  connection.textContent = gap ? `Some changes were missed: ${gap.reason}.` : 'Live.'
  for (const { occurredAt, flowRun, state } of data.flowRunStateChanged.changes) {
    const line = document.createElement('li')
    line.textContent = `${occurredAt}  ${flowRun.flow.name} / ${flowRun.name}: ${state.name}`
    changes.prepend(line)
  }
}
