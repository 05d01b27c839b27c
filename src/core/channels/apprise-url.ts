/** An Apprise URL taken apart: `scheme://user:password@host:port/path/…?name=value`, every part decoded. */
export interface AppriseUrl {
  readonly scheme: string
  readonly user: string
  readonly password: string
  readonly host: string
  readonly port: number | null
  readonly path: readonly string[]
  readonly query: ReadonlyMap<string, string>
  readonly text: string
}

/** Undefined when it is no URL at all. Apprise has no fragments: what looks like one belongs to the path. */
export function readAppriseUrl(text: string): AppriseUrl | undefined {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text.trim())
  if (!match) return undefined
  // Under its own scheme a host would be lower-cased where it is http: here tokens stand in its place.
  const url = URL.parse(`apprise://${withoutFragment(match[2]!)}`)
  if (!url) return undefined
  return {
    scheme: match[1]!.toLowerCase(),
    user: decode(url.username),
    password: decode(url.password),
    host: decode(url.hostname),
    port: url.port === '' ? null : Number(url.port),
    path: url.pathname.split('/').filter(Boolean).map(decode),
    query: new Map([...url.searchParams].map(([name, value]) => [name.startsWith('+') ? name : name.toLowerCase(), value])),
    text: text.trim(),
  }
}

/** `#` is a team at Opsgenie, `+` a prefix of names in the query and of telephone numbers. */
const withoutFragment = (rest: string): string => {
  const [before, ...query] = rest.replaceAll('#', '%23').replaceAll('^', '%5E').split('?')
  return [before, ...query.map(part => part.replaceAll('+', '%2B'))].join('?')
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const isYes = (value: string | undefined, fallback: boolean): boolean =>
  value === undefined ? fallback : /^(yes|true|on|1|y|t)$/i.test(value)

/** `a, b c` → a, b, c */
export const listed = (value: string | undefined): string[] => (value ?? '').split(/[,\s]+/).filter(Boolean)

export const orNull = (values: readonly string[]): string[] | null => (values.length > 0 ? [...values] : null)
