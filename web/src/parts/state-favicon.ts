import { lookOf, marks, type StateType } from './states.ts'

const bodies = {
  none: '',
  ring: '<circle cx="8" cy="8" r="6.2"/>',
  dashes: '<circle cx="8" cy="8" r="6.2" stroke-dasharray="2.6 1.73"/>',
  turning: '<circle cx="8" cy="8" r="6.2" opacity=".35"/><path d="M8 1.8A6.2 6.2 0 0 1 14.2 8"/><circle cx="8" cy="8" r="1.4"/>',
  disc: '<circle cx="8" cy="8" r="6.2" fill="currentColor"/>',
  square: '<rect x="2.1" y="2.1" width="11.8" height="11.8" rx="2" fill="currentColor"/>',
  triangle: '<path d="M8 2.2 14.2 13.4H1.8Z" fill="currentColor"/>',
} as const

/** Puts the state's mark into the browser's tab, and the usual icon back when the page is left. */
export const showStateFavicon = (type: StateType, name?: string): (() => void) => {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  if (link === null) return () => undefined
  const usual = link.href
  link.href = `data:image/svg+xml,${encodeURIComponent(draw(type, name))}`
  return () => {
    link.href = usual
  }
}

const draw = (type: StateType, name: string | undefined): string => {
  const look = lookOf(type, name)
  const { body, glyph, ...rest } = marks[look.mark]
  const isFilled = body === 'disc' || body === 'square' || body === 'triangle'
  const glyphStyle = 'isSolid' in rest ? 'fill="currentColor"' : isFilled ? 'stroke="#fff"' : ''
  const stroke = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
  const shapes = `${bodies[body]}<path d="${glyph}" ${glyphStyle}/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" color="${colourOf(look.family)}" ${stroke}>${shapes}</svg>`
}

// A picture outside the page knows no custom properties: the colour is read from the page once.
const colourOf = (family: string): string => {
  const probe = document.createElement('i')
  probe.dataset.family = family
  probe.style.color = 'var(--mark)'
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
