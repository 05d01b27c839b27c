import { isSpeltNumber } from '../../kernel/verbatim-json.ts'

/** JSON as Python's `json.dumps(…, sort_keys=True)` writes it: what the peer hashes. */
export function printAsPython(value: unknown): string {
  if (typeof value === 'string') return printText(value)
  if (typeof value === 'number') return printNumber(String(value))
  if (isSpeltNumber(value)) return printNumber(value.rawJSON)
  if (Array.isArray(value)) return `[${value.map(printAsPython).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const members = Object.entries(value).toSorted(([one], [other]) => compareByCodePoint(one, other))
  return `{${members.map(([key, member]) => `${printText(key)}: ${printAsPython(member)}`).join(', ')}}`
}

const printText = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Whole numbers stay as they are; others are written with the fewest digits that tell them apart, with an exponent below 1e-4 and from 1e16 on. */
function printNumber(spelt: string): string {
  if (!/[.eE]/.test(spelt)) return spelt === '-0' ? '0' : spelt
  const number = Number(spelt)
  const [digits = '', power = '0'] = number.toExponential().split('e')
  const exponent = Number(power)
  if (number !== 0 && (exponent < -4 || exponent >= 16))
    return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  const plain = Object.is(number, -0) ? '-0' : String(number)
  return plain.includes('.') ? plain : `${plain}.0`
}

function compareByCodePoint(one: string, other: string): number {
  const [left, right] = [[...one], [...other]]
  const at = left.findIndex((sign, index) => sign !== right[index])
  if (at < 0) return left.length - right.length
  return right[at] === undefined ? 1 : left[at]!.codePointAt(0)! - right[at].codePointAt(0)!
}
