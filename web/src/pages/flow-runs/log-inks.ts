// A program's colours for a terminal, read as the inks of the page: of 16, of 256 and true ones alike become the nearest of those that can be read in both themes.

export type InkColor = 'red' | 'yellow' | 'green' | 'cyan' | 'blue' | 'magenta' | 'grey'

export interface Ink {
  color?: InkColor
  ground?: InkColor
  isBold?: boolean
  isFaint?: boolean
  isUnderlined?: boolean
  isStruck?: boolean
  isInverse?: boolean
  /** Where it leads, as the program says. */
  href?: string
}

/** The text from one place to another. */
export interface InkedStretch {
  from: number
  to: number
  ink: Ink
}

export interface Inked {
  /** Without any code. */
  text: string
  /** What is not plain, in order. */
  stretches: readonly InkedStretch[]
}

const ESCAPE = String.fromCharCode(27)
// Control sequences (here colours), commands with a text (here links), other commands, and an escape that nothing follows.
const code = new RegExp(
  `(?:${ESCAPE}\\[|\\u009b)([0-9;:?<=>]*)[ -/]*([@-~])|${ESCAPE}[\\]PX^_]([^\\u0007${ESCAPE}]*)(?:\\u0007|${ESCAPE}\\\\|$)|${ESCAPE}(?:[ -/]*[0-~])?`,
  'g',
)

export const readInks = (message: string): Inked => {
  if (!message.includes(ESCAPE) && !message.includes('\u009b')) return { text: message, stretches: [] }
  const stretches: InkedStretch[] = []
  let text = ''
  let ink: Ink = {}
  let at = 0
  const take = (piece: string) => {
    if (piece !== '' && Object.keys(ink).length > 0) stretches.push({ from: text.length, to: text.length + piece.length, ink })
    text += piece
  }
  for (const { 0: whole, 1: parameters, 2: final, 3: command, index } of message.matchAll(code)) {
    take(message.slice(at, index))
    at = index + whole.length
    if (final === 'm') ink = changed(ink, parameters ?? '')
    else if (command?.startsWith('8;')) ink = linked(ink, command)
  }
  take(message.slice(at))
  return { text, stretches }
}

const linked = ({ href: _before, ...ink }: Ink, command: string): Ink => {
  const href = command.slice(command.indexOf(';', 2) + 1)
  return href.startsWith('https://') ? { ...ink, href } : ink
}

const switches: Readonly<Record<number, Partial<Ink>>> = {
  1: { isBold: true },
  2: { isFaint: true },
  4: { isUnderlined: true },
  7: { isInverse: true },
  9: { isStruck: true },
}
const offs: Readonly<Record<number, readonly (keyof Ink)[]>> = {
  22: ['isBold', 'isFaint'],
  24: ['isUnderlined'],
  27: ['isInverse'],
  29: ['isStruck'],
  39: ['color'],
  49: ['ground'],
}

/** Written with colons, a true color may name its space before its parts. */
const colorSpace = /([34]8:2:)\d*:(?=\d+:\d+:\d)/g

const changed = (before: Ink, parameters: string): Ink => {
  const numbers = parameters.replace(colorSpace, '$1').split(/[;:]/).map(Number)
  let ink = { ...before }
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at]!
    if (number === 0) ink = before.href === undefined ? {} : { href: before.href }
    else if (number === 38 || number === 48) {
      const { color, used } = extended(numbers.slice(at + 1))
      at += used
      setColor(ink, number === 38 ? 'color' : 'ground', color)
    } else if (switches[number]) Object.assign(ink, switches[number])
    else if (offs[number]) for (const name of offs[number]) delete ink[name]
    else if (isBetween(number, 30, 37) || isBetween(number, 90, 97)) setColor(ink, 'color', sixteen(number % 10, number >= 90))
    else if (isBetween(number, 40, 47) || isBetween(number, 100, 107)) setColor(ink, 'ground', sixteen(number % 10, number >= 100))
  }
  return ink
}

const isBetween = (number: number, from: number, to: number) => number >= from && number <= to

const setColor = (ink: Ink, name: 'color' | 'ground', color: InkColor | undefined) => {
  if (color === undefined) delete ink[name]
  else ink[name] = color
}

/** Black and white are the ink of the page, whichever theme it has. */
const sixteen = (index: number, isBright: boolean): InkColor | undefined =>
  index === 0 && isBright ? 'grey' : ([undefined, 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', undefined] as const)[index]

const extended = (numbers: readonly number[]): { color: InkColor | undefined; used: number } => {
  if (numbers[0] === 5) return { color: of256(numbers[1] ?? 0), used: 2 }
  if (numbers[0] === 2) return { color: nearest(numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 0), used: 4 }
  return { color: undefined, used: 0 }
}

const steps = [0, 95, 135, 175, 215, 255]

const of256 = (index: number): InkColor | undefined => {
  if (index < 16) return sixteen(index % 8, index >= 8)
  if (index >= 232) return nearest(...(new Array(3).fill(8 + (index - 232) * 10) as [number, number, number]))
  const cube = index - 16
  return nearest(steps[Math.floor(cube / 36)]!, steps[Math.floor(cube / 6) % 6]!, steps[cube % 6]!)
}

const hues: readonly [until: number, color: InkColor][] = [
  [20, 'red'],
  [70, 'yellow'],
  [160, 'green'],
  [200, 'cyan'],
  [260, 'blue'],
  [335, 'magenta'],
  [361, 'red'],
]
const LEAST_SATURATION = 0.2

/** Of a colour by its red, green and blue from 0 to 255. */
const nearest = (red: number, green: number, blue: number): InkColor | undefined => {
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  if (spread < LEAST_SATURATION * Math.max(1, most)) return isBetween(most, 70, 190) ? 'grey' : undefined
  const sixth = most === red ? ((green - blue) / spread + 6) % 6 : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4
  return hues.find(([until]) => sixth * 60 < until)![1]
}
