export { describeDatabase, describeServer, listSettings, type Retention, type ServerDescription } from './server.ops.ts'
export { type ApiUrl, apiUrls } from './server.rules.ts'
