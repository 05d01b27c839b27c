/** JSON as people read it; what is none as it stands. */
export const indented = (value: unknown): string => {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2)
  try {
    return JSON.stringify(JSON.parse(value), null, 2)
  } catch {
    return value
  }
}
