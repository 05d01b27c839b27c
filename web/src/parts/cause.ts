const PREAMBLE = /^(Flow run encountered an exception|Encountered an exception during execution|Crash detected!? ?)[:.]\s*/i

/** What is worth a line: what went wrong, without what every such message begins with. */
export const causeOf = (message: string | null | undefined): string | undefined => {
  const line = message?.replace(PREAMBLE, '').trim().split('\n', 1)[0]
  return line === '' ? undefined : line
}
