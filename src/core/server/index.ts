export { describeDatabase, describeServer, type Retention, type ServerDescription } from './server.ops.ts'
export { type ApiUrl, apiUrls } from './server.rules.ts'
