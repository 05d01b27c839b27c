/** The same numbers every time, for the same seed. */
export function createChance(seed = 42): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A UUID of version 7. */
export function uuidAt(milliseconds: number, chance: () => number): string {
  const time = Math.floor(milliseconds).toString(16).padStart(12, '0')
  const digits = (length: number) => {
    let text = ''
    while (text.length < length)
      text += Math.floor(chance() * 0x10000)
        .toString(16)
        .padStart(4, '0')
    return text.slice(0, length)
  }
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits(3)}-a${digits(3)}-${digits(12)}`
}
