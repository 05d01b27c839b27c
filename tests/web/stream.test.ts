import { describe, expect, test } from 'vitest'
import { parseMessage } from '../../web/src/live/stream.ts'

describe('a server-sent message', () => {
  test('has an event and its data, however many lines that has', () => {
    expect(parseMessage('event: next\ndata: {"a":\ndata: "b: c"}')).toEqual({ event: 'next', data: '{"a":\n"b: c"}' })
    expect(parseMessage('event: complete\ndata')).toEqual({ event: 'complete', data: '' })
  })

  test('says nothing by a comment', () => {
    expect(parseMessage(':')).toEqual({ event: 'message', data: '' })
  })
})
