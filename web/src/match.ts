export const matchPattern = (pattern: string, path: string): Record<string, string> | undefined => {
  const wanted = pattern.split('/')
  const given = path.replace(/\/+$/, '').split('/')
  if (wanted.length !== given.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) {
      const decoded = decodeSegment(value)
      if (decoded === undefined || decoded === '') return undefined
      parameters[part.slice(1)] = decoded
    } else if (part !== value) return undefined
  }
  return parameters
}

const decodeSegment = (value: string): string | undefined => {
  try {
    return decodeURIComponent(value)
  } catch {
    return undefined
  }
}

/** The path below the base, without a leading slash; undefined when the address lies outside. */
export const pathBelow = (basePath: string, pathname: string): string | undefined => {
  if (pathname.startsWith(basePath)) return pathname.slice(basePath.length)
  return `${pathname}/` === basePath ? '' : undefined
}
