export { createEgress, type Egress, type EgressReply, type EgressRequest } from './egress.ts'
export { EgressRefusal, type Resolve } from './guard.ts'
