const PATIENCE_MILLISECONDS = 2000

/** Whether a server of ours answers at this address. */
export async function answersAt(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) })).ok
  } catch {
    return false
  }
}
