// `node bench/peer.ts URL [clients] [seconds]`: the same lifecycle against any server of the same REST API, alone.
import { measurePeer } from './lifecycles.ts'
import { lifecycleTable } from './tables.ts'

const [url, clients = '1', seconds = '8'] = process.argv.slice(2)
if (!url) {
  console.error('Usage: node bench/peer.ts http://127.0.0.1:4200 [clients] [seconds]')
  process.exit(1)
}
const rows = []
for (const count of clients.split(',').map(Number)) rows.push(await measurePeer(url, count, Number(seconds)))
console.log(lifecycleTable(rows))
