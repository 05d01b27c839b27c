import { type Family, lookOf } from '../parts/states.ts'
import { formatCount } from '../parts/words.ts'
import { drawMark } from './canvas-marks.ts'
import type { GraphNode } from './graph-groups.ts'
import type { GraphLayout, PlacedNode } from './graph-layout.ts'
import { type GraphView, READABLE_SCALE, type Size } from './graph-view.ts'

/** The tokens of what is drawn; those of the families by their names. */
export const GRAPH_COLORS = {
  scheduled: 'scheduled',
  waiting: 'waiting',
  pending: 'pending',
  running: 'running',
  completed: 'completed',
  completedArea: 'completed-area',
  failed: 'failed',
  crashed: 'crashed',
  paused: 'waiting',
  cancelled: 'cancelled',
  ink: 'ink',
  quiet: 'ink-3',
  edge: 'control',
  border: 'line',
  surface: 'raised',
} as const

export interface Picture {
  layout: GraphLayout
  view: GraphView
  size: Size
  colors: Readonly<Record<keyof typeof GRAPH_COLORS, string>>
  fontFamily: string
  /** Others are dimmed; undefined where none are. */
  lit: ReadonlySet<number> | undefined
  chosen: number | undefined
}

const DIMMED = 0.25
/** Below, lines are straight and bodies plain: nobody could see more. */
const PLAIN_SCALE = 0.3
const EDGES_IN_PATH = 200

export const drawGraph = (context: CanvasRenderingContext2D, picture: Picture): void => {
  const { layout, view, size } = picture
  const shown = layout.nodes.flatMap((node, index) => (isSeen(node, view, size) ? [index] : []))
  drawEdges(context, picture)
  if (view.scale < PLAIN_SCALE) drawPlain(context, picture, shown)
  else for (const index of shown) drawNode(context, picture, index)
  if (picture.chosen !== undefined) drawFrame(context, picture, layout.nodes[picture.chosen])
}

const isSeen = ({ x, y, width, height }: PlacedNode, view: GraphView, size: Size) => {
  const [left, top] = [x * view.scale + view.x, y * view.scale + view.y]
  return left < size.width && top < size.height && left + width * view.scale > 0 && top + height * view.scale > 0
}

const isLit = ({ lit }: Picture, index: number) => lit === undefined || lit.has(index)

/** Lines to and from a crowded layer are drawn only of what is lit. */
const drawEdges = (context: CanvasRenderingContext2D, picture: Picture) => {
  const { layout, lit } = picture
  const [strong, quiet] = [edgePainter(context, picture, true), edgePainter(context, picture, false)]
  layout.children.forEach((children, from) => {
    for (const to of children) {
      if (lit?.has(from) && lit.has(to)) strong.line(from, to)
      else if (!layout.nodes[from]!.isCrowded && !layout.nodes[to]!.isCrowded) quiet.line(from, to)
    }
  })
  quiet.finish()
  strong.finish()
}

const edgePainter = (context: CanvasRenderingContext2D, { layout, view, size, colors, lit }: Picture, isStrong: boolean) => {
  let path = new Path2D()
  let count = 0
  const finish = () => {
    if (count === 0) return
    context.globalAlpha = lit === undefined || isStrong ? 1 : DIMMED
    context.strokeStyle = isStrong ? colors.ink : colors.edge
    context.lineWidth = Math.max(0.5, Math.min(1.2, view.scale * 1.2))
    context.stroke(path)
    context.globalAlpha = 1
    path = new Path2D()
    count = 0
  }
  const line = (from: number, to: number) => {
    const [parent, child] = [layout.nodes[from]!, layout.nodes[to]!]
    const [x1, y1] = [(parent.x + parent.width) * view.scale + view.x, (parent.y + parent.height / 2) * view.scale + view.y]
    const [x2, y2] = [child.x * view.scale + view.x, (child.y + child.height / 2) * view.scale + view.y]
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > size.width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > size.height) return
    path.moveTo(x1, y1)
    if (view.scale < PLAIN_SCALE) path.lineTo(x2, y2)
    else {
      const bend = Math.max(12 * view.scale, Math.abs(x2 - x1) / 2)
      path.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2)
    }
    count += 1
    if (count === EDGES_IN_PATH) finish()
  }
  return { line, finish }
}

const colorOf = ({ colors }: Picture, family: Family) => (family === 'completed' ? colors.completedArea : colors[family])

const drawPlain = (context: CanvasRenderingContext2D, picture: Picture, shown: readonly number[]) => {
  const { layout, view } = picture
  for (const index of shown) {
    const { node, x, y, width, height } = layout.nodes[index]!
    context.globalAlpha = isLit(picture, index) ? 1 : DIMMED
    strip(context, picture, node, x * view.scale + view.x, y * view.scale + view.y, width * view.scale, Math.max(1, height * view.scale))
  }
  context.globalAlpha = 1
}

/** As long for each family as it has tasks; what there is of trouble is at least two pixels. */
const strip = (
  context: CanvasRenderingContext2D,
  picture: Picture,
  { families, tasks }: GraphNode,
  x: number,
  y: number,
  width: number,
  height: number,
) => {
  let left = x
  for (const { family, count } of families) {
    const length = Math.min(x + width - left, Math.max(2, (count / tasks.length) * width))
    context.fillStyle = colorOf(picture, family)
    context.fillRect(left, y, length, height)
    left += length
  }
}

const drawNode = (context: CanvasRenderingContext2D, picture: Picture, index: number) => {
  const { layout, view, colors } = picture
  const { node, x, y, width, height } = layout.nodes[index]!
  const first = node.tasks[0]!
  context.save()
  context.translate(x * view.scale + view.x, y * view.scale + view.y)
  context.scale(view.scale, view.scale)
  context.globalAlpha = isLit(picture, index) ? 1 : DIMMED
  context.beginPath()
  context.roundRect(0.5, 0.5, width - 1, height - 1, 5)
  context.fillStyle = colors.surface
  context.fill()
  context.strokeStyle = colors.border
  context.lineWidth = 1
  context.stroke()
  const { family } = node.families[0]!
  const worst = node.tasks.find(({ type, stateName }) => lookOf(type ?? 'PENDING', stateName).family === family) ?? first
  context.translate(8, 7)
  context.scale(0.875, 0.875)
  drawMark(context, worst.type ?? 'PENDING', worst.stateName, colors[family], colors.surface)
  context.scale(1 / 0.875, 1 / 0.875)
  context.translate(-8, -7)
  if (node.isFold) strip(context, picture, node, 10, height - 10, width - 20, 4)
  if (view.scale >= READABLE_SCALE) drawName(context, picture, layout.nodes[index]!)
  context.restore()
}

const NAME_LEFT = 30
const NAME_PADDING = 10

const drawName = (context: CanvasRenderingContext2D, { colors, fontFamily }: Picture, { node, width }: PlacedNode) => {
  context.textBaseline = 'middle'
  const note = node.isFold ? `× ${formatCount(node.tasks.length)}` : (node.tasks[0]?.note ?? '')
  let room = width - NAME_LEFT - NAME_PADDING
  if (note !== '') {
    context.font = `400 11px ${fontFamily}`
    context.fillStyle = colors.quiet
    const noteWidth = context.measureText(note).width
    context.fillText(note, width - NAME_PADDING - noteWidth, 14.5)
    room -= noteWidth + 8
  }
  context.font = `500 12px ${fontFamily}`
  context.fillStyle = colors.ink
  context.fillText(shortened(context, node.name, room), NAME_LEFT, 14.5)
}

const shortNames = new Map<string, string>()
const MOST_NAMES = 2_000

/** Measuring is what costs most of a picture. */
const shortened = (context: CanvasRenderingContext2D, name: string, room: number): string => {
  const key = `${Math.round(room)} ${name}`
  const known = shortNames.get(key)
  if (known !== undefined) return known
  let short = name
  for (let length = name.length; length > 1 && context.measureText(short).width > room; length -= 1) short = `${name.slice(0, length - 1)}…`
  if (shortNames.size >= MOST_NAMES) shortNames.clear()
  shortNames.set(key, short)
  return short
}

const drawFrame = (context: CanvasRenderingContext2D, { view, colors }: Picture, placed: PlacedNode | undefined) => {
  if (!placed) return
  const { x, y, width, height } = placed
  context.beginPath()
  context.roundRect(x * view.scale + view.x - 3, y * view.scale + view.y - 3, width * view.scale + 6, height * view.scale + 6, 6)
  context.strokeStyle = colors.ink
  context.lineWidth = 2
  context.stroke()
}
