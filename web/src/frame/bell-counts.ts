/** A delivery that came to its end. */
export interface Rung {
  id: string
  isFailure: boolean
  at: number
}

export interface Unread {
  failed: number
  sent: number
}

/** More are not counted one by one. */
const MOST_KNOWN = 200

/** What has been sent, or given up, since somebody last looked. One that is tried again counts by its newest end. */
export const createBell = () => {
  let known = new Map<string, Rung>()

  return {
    reset(rungs: readonly Rung[]) {
      known = new Map(rungs.map(rung => [rung.id, rung]))
    },
    ring(rungs: readonly Rung[]) {
      for (const rung of rungs) {
        known.delete(rung.id)
        known.set(rung.id, rung)
      }
      for (const id of [...known.keys()].slice(0, Math.max(0, known.size - MOST_KNOWN))) known.delete(id)
    },
    unread(lookedAt: number): Unread {
      const fresh = [...known.values()].filter(({ at }) => at > lookedAt)
      const failed = fresh.filter(({ isFailure }) => isFailure).length
      return { failed, sent: fresh.length - failed }
    },
  }
}

export const bellWords = ({ failed, sent }: Unread): string => {
  const parts = [...(failed > 0 ? [`${failed} failed`] : []), ...(sent > 0 ? [`${sent} sent`] : [])]
  return parts.length === 0 ? 'Deliveries, nothing new' : `Deliveries: ${parts.join(', ')} since you looked`
}
