import { request } from '../../client.ts'
import { LogMatchesDocument } from '../../generated/graphql.ts'
import type { LiveLogs, LogLine, LogScope } from './live-logs.ts'
import type { Added } from './log-book.ts'
import { createMatches, type Matches } from './log-matches.ts'

/** What is searched for in the log of a run: the server looks through all of it, and lines that come later are looked at here. */
export const useLogSearch = (scope: LogScope, logs: () => LiveLogs, wanted: () => { text: string; least: number }) => {
  let matches = $state.raw<{ current: Matches }>()
  let place = $state<number>()
  let error = $state.raw<unknown>()
  let asked = 0

  const search = async ({ text, least }: { text: string; least: number }) => {
    asked += 1
    const mine = asked
    matches = undefined
    place = undefined
    error = undefined
    if (text === '') return
    try {
      const { logMatches } = await request(LogMatchesDocument, { ...scope, textContains: text, levelAtLeast: least || null }, 'slow')
      if (mine !== asked) return
      const current = createMatches(text, least, logMatches)
      for (const one of heldBehind(logMatches.lineCount)) current.see(one)
      matches = { current }
    } catch (cause) {
      if (mine === asked) error = cause
    }
  }

  const heldBehind = (lineCount: number): Added<LogLine>[] => {
    let before = 0
    return logs().book.pieces.flatMap(piece => {
      const start = before
      before += piece.lines?.length ?? Object.values(piece.counts).reduce((sum, count) => sum + count)
      if (before <= lineCount || piece.lines === undefined) return []
      return piece.lines.map((line, index) => ({ line, number: start + index + 1 })).filter(({ number }) => number > lineCount)
    })
  }

  $effect(() => {
    void search(wanted())
  })

  return {
    get error() {
      return error
    },
    get found() {
      return matches && { count: matches.current.count, place }
    },
    /** The line of the match that was gone to last. */
    get number() {
      return place === undefined ? undefined : matches?.current.numbers[place]
    },
    /** Answers the line of the next match, or of the one before; from a line where none was gone to yet. */
    go(step: 1 | -1, from: number): number | undefined {
      if (matches === undefined) return undefined
      const { current } = matches
      const many = current.numbers.length
      if (many === 0) return undefined
      place = place !== undefined ? (place + step + many) % many : step === 1 ? current.from(from) : current.before(from)
      return current.numbers[place]
    },
    add(added: readonly Added<LogLine>[], lineCount: number) {
      if (matches === undefined) return
      matches.current.add(added, lineCount)
      matches = { current: matches.current }
    },
  }
}
