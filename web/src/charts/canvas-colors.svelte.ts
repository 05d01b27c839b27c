/** A canvas is painted in colours, not in tokens: the page is asked what the tokens come to, again when the theme changes. */
export const useColors = <Name extends string>(
  place: () => HTMLElement | null | undefined,
  tokens: Readonly<Record<Name, string>>,
): (() => Record<Name, string> | undefined) => {
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
    return element ? readColors(element, tokens) : undefined
  })
  return () => colors
}

const readColors = <Name extends string>(element: HTMLElement, tokens: Readonly<Record<Name, string>>) => {
  const probe = element.appendChild(document.createElement('i'))
  const colors = Object.entries<string>(tokens).map(([name, token]) => {
    probe.style.color = `var(--${token})`
    return [name, getComputedStyle(probe).color]
  })
  probe.remove()
  return Object.fromEntries(colors) as Record<Name, string>
}
