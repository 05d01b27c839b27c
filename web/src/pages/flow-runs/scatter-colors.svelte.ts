const names = ['completed-area', 'running', 'failed', 'crashed', 'cancelled', 'waiting', 'ink', 'canvas'] as const
type Color = Exclude<(typeof names)[number], 'completed-area'> | 'completed'

/** A canvas is painted in colours, not in tokens: the page is asked what the tokens come to, again when the theme changes. */
export const useColors = (place: () => HTMLElement | null | undefined): (() => Record<Color, string> | undefined) => {
  let theme = $state(0)
  $effect(() => {
    const changed = () => {
      theme += 1
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', changed)
    const observer = new MutationObserver(changed)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-states'] })
    return () => {
      dark.removeEventListener('change', changed)
      observer.disconnect()
    }
  })
  const colors = $derived.by(() => {
    void theme
    const element = place()
    return element ? readColors(element) : undefined
  })
  return () => colors
}

const readColors = (element: HTMLElement) => {
  const probe = element.appendChild(document.createElement('i'))
  const colors = names.map(name => {
    probe.style.color = `var(--${name})`
    return [name.replace('-area', ''), getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colors) as Record<Color, string>
}
