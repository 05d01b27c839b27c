import { lookOf, marks, type StateType } from '../parts/states.ts'

const glyphs = new Map<string, Path2D>()
const glyphOf = (path: string): Path2D => {
  const known = glyphs.get(path) ?? new Path2D(path)
  glyphs.set(path, known)
  return known
}

/** The mark of a state on a canvas, as the part StateMark draws it: on a 16-unit grid whose top left corner is the origin. */
export const drawMark = (
  context: CanvasRenderingContext2D,
  type: StateType,
  name: string | undefined,
  color: string,
  surface: string,
): void => {
  const { body, glyph, ...rest } = marks[lookOf(type, name).mark]
  const isSolid = 'isSolid' in rest
  context.fillStyle = context.strokeStyle = color
  context.lineWidth = 1.6
  context.lineCap = context.lineJoin = 'round'
  drawBody(context, body)
  if (body === 'disc' || body === 'square' || body === 'triangle') context.strokeStyle = surface
  if (isSolid) context.fill(glyphOf(glyph))
  else context.stroke(glyphOf(glyph))
}

const circle = (context: CanvasRenderingContext2D, radius: number, to = Math.PI * 2, from = 0) => {
  context.beginPath()
  context.arc(8, 8, radius, from, to)
}

const drawBody = (context: CanvasRenderingContext2D, body: (typeof marks)[keyof typeof marks]['body']) => {
  if (body === 'disc') {
    circle(context, 7)
    context.fill()
  } else if (body === 'ring') {
    circle(context, 6.2)
    context.stroke()
  } else if (body === 'dashes') {
    context.setLineDash([2.6, 1.73])
    context.lineCap = 'butt'
    circle(context, 6.2)
    context.stroke()
    context.setLineDash([])
  } else if (body === 'square') {
    context.beginPath()
    context.roundRect(1.3, 1.3, 13.4, 13.4, 2.6)
    context.fill()
  } else if (body === 'triangle') {
    context.fill(glyphOf('M8 2.2 14.2 13.4H1.8Z'))
  } else if (body === 'turning') {
    circle(context, 6.2, 0, -Math.PI / 2)
    context.stroke()
    circle(context, 2.3)
    context.fill()
  }
}
