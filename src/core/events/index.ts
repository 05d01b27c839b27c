export { EventEntity } from './event.entity.ts'
export { type EventFilter, eventConditions, eventFilter, eventSubject } from './event.filter.ts'
export { countEvents, listEvents, receiveEvents } from './event.ops.ts'
