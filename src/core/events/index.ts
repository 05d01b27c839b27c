export { changeEvents } from './change-events.ts'
export { EventEntity } from './event.entity.ts'
export { type EventFilter, eventConditions, eventFilter, eventSubject } from './event.filter.ts'
export { countEvents, eventOrders, listEvents, receiveEvents } from './event.ops.ts'
