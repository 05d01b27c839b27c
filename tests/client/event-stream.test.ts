import { describe, expect, test } from 'vitest'
import { parseEvent } from '../../client/event-stream.ts'

describe('a server-sent message', () => {
  test('has an event and its data, however many lines that has', () => {
    expect(parseEvent('event: next\ndata: {"a":\ndata: "b: c"}')).toEqual({ event: 'next', data: '{"a":\n"b: c"}' })
    expect(parseEvent('event: complete\ndata')).toEqual({ event: 'complete', data: '' })
  })

  test('says nothing by a comment', () => {
    expect(parseEvent(':')).toEqual({ event: 'message', data: '' })
  })
})
