// Recorded answers, kept small: many cells have the same one.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Answer } from './answers.ts'
import type { Answers } from './compare.ts'

const fileOf = (matrix: string): URL => new URL(`${matrix}/recorded.json`, import.meta.url)

export function readRecorded(matrix: string): Answers {
  if (!existsSync(fileOf(matrix))) return {}
  const { answers, cells } = JSON.parse(readFileSync(fileOf(matrix), 'utf8')) as { answers: Answer[]; cells: Record<string, number> }
  return Object.fromEntries(Object.entries(cells).map(([key, place]) => [key, answers[place]!]))
}

/** Only of the cells named, in their order. */
export function writeRecorded(matrix: string, keys: readonly string[], recorded: Answers): void {
  const places = new Map<string, number>()
  const lines = keys.flatMap(key => {
    const answer = recorded[key] && JSON.stringify(recorded[key])
    if (!answer) return []
    if (!places.has(answer)) places.set(answer, places.size)
    return [`${JSON.stringify(key)}: ${places.get(answer)}`]
  })
  writeFileSync(fileOf(matrix), `{\n"answers": [\n${[...places.keys()].join(',\n')}\n],\n"cells": {\n${lines.join(',\n')}\n}\n}\n`)
}
