export { changeEvents } from './change-events.ts'
export { EventEntity } from './event.entity.ts'
export { type EventFilter, eventConditions, eventFilter, eventSubject } from './event.filter.ts'
export { countEvents, countEventsByTime, type EventHistory, eventOrders, listEvents, receiveEvents } from './event.ops.ts'
