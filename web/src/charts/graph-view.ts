import type { GraphLayout } from './graph-layout.ts'

/** How the plane lies under the window: a point of it stands at `point * scale + shift`. */
export interface GraphView {
  scale: number
  x: number
  y: number
}

export interface Size {
  width: number
  height: number
}

const LEAST_SCALE = 0.02
const MOST_SCALE = 2
const MARGIN = 20

const clampScale = (scale: number) => Math.max(LEAST_SCALE, Math.min(MOST_SCALE, scale))

/** All of it in the middle of the window, never larger than life; what is too long even so shows its beginning. */
export const fitting = (layout: Pick<GraphLayout, 'width' | 'height'>, size: Size): GraphView => {
  const [wide, high] = [size.width - 2 * MARGIN, size.height - 2 * MARGIN]
  const scale = Math.min(1, clampScale(Math.min(wide / Math.max(1, layout.width), high / Math.max(1, layout.height))))
  return {
    scale,
    x: MARGIN + Math.max(0, (wide - layout.width * scale) / 2),
    y: MARGIN + Math.max(0, (high - layout.height * scale) / 2),
  }
}

/** Around a point of the window, which keeps what it shows; a factor above 1 comes nearer. */
export const scaled = (view: GraphView, factor: number, around: { x: number; y: number }): GraphView => {
  const scale = clampScale(view.scale * factor)
  const grown = scale / view.scale
  return { scale, x: around.x - (around.x - view.x) * grown, y: around.y - (around.y - view.y) * grown }
}

/** Some of the graph stays in the window. */
export const shifted = (
  view: GraphView,
  by: { x: number; y: number },
  layout: Pick<GraphLayout, 'width' | 'height'>,
  size: Size,
): GraphView => {
  const within = (value: number, length: number, room: number) => Math.max(MARGIN - length * view.scale, Math.min(room - MARGIN, value))
  return { ...view, x: within(view.x + by.x, layout.width, size.width), y: within(view.y + by.y, layout.height, size.height) }
}

/** Moves no further than it takes to show a node whole, and comes near enough to read it. */
export const showing = (view: GraphView, node: { x: number; y: number; width: number; height: number }, size: Size): GraphView => {
  const scale = Math.max(view.scale, READABLE_SCALE)
  const middle = (from: number, length: number, room: number) => room / 2 - (from + length / 2) * scale
  if (scale !== view.scale) return { scale, x: middle(node.x, node.width, size.width), y: middle(node.y, node.height, size.height) }
  const within = (shift: number, from: number, length: number, room: number) =>
    Math.max(MARGIN - from * scale, Math.min(room - MARGIN - (from + length) * scale, shift))
  return { scale, x: within(view.x, node.x, node.width, size.width), y: within(view.y, node.y, node.height, size.height) }
}

/** From here on names are drawn. */
export const READABLE_SCALE = 0.55

export const nodeAt = ({ nodes }: GraphLayout, view: GraphView, x: number, y: number): number | undefined => {
  const [planeX, planeY] = [(x - view.x) / view.scale, (y - view.y) / view.scale]
  const found = nodes.findIndex(
    node => planeX >= node.x && planeX <= node.x + node.width && planeY >= node.y && planeY <= node.y + node.height,
  )
  return found < 0 ? undefined : found
}

/** All that a node waited for, and all that waited for it, near and far. */
export const kinOf = ({ parents, children }: Pick<GraphLayout, 'parents' | 'children'>, node: number) => ({
  upstream: reached(parents, node),
  downstream: reached(children, node),
})

const reached = (ties: readonly (readonly number[])[], from: number): ReadonlySet<number> => {
  const found = new Set<number>()
  const open = [from]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of ties[node]!) {
      if (next === from || found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  return found
}

export type Step = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

/** Where a key leads: to the nearest of what the node waited for, or what waits for it; along its layer; to the first and the last. */
export const stepped = ({ nodes, layers, parents, children }: GraphLayout, from: number | undefined, step: Step): number | undefined => {
  if (from === undefined || step === 'Home') return layers[0]?.[0]
  if (step === 'End') return layers.at(-1)?.at(-1)
  if (step === 'ArrowUp' || step === 'ArrowDown') {
    const row = layers[nodes[from]!.layer]!
    return row[row.indexOf(from) + (step === 'ArrowUp' ? -1 : 1)] ?? from
  }
  const ties = step === 'ArrowLeft' ? parents[from]! : children[from]!
  const distance = (node: number) => Math.abs(nodes[node]!.y - nodes[from]!.y) + Math.abs(nodes[node]!.layer - nodes[from]!.layer)
  return ties.toSorted((left, right) => distance(left) - distance(right))[0] ?? from
}
