import { ConnectionLost } from './errors.ts'

// The server says something at least every 12 seconds.
const SILENCE_MILLISECONDS = 30_000

/** What is waited for, or ConnectionLost: when it breaks, and when nothing has come for 30 seconds. */
export const unlessSilent = async <T>(awaited: Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ConnectionLost('The server says nothing.')), SILENCE_MILLISECONDS)
  })
  try {
    return await Promise.race([awaited, silence])
  } catch (error) {
    throw error instanceof ConnectionLost ? error : new ConnectionLost('The way to the server broke.', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
