import { tick } from 'svelte'
import { matchPattern, pathBelow } from './match.ts'
import { movedTo, notFound, type Parameters, type Route, routes } from './routes.ts'
import { basePath } from './sub-path.ts'

interface Location {
  route: Route
  parameters: Parameters
  search: URLSearchParams
}

const locate = (): Location => {
  let path = pathBelow(basePath, location.pathname) ?? '\0'
  const moved = movedTo(path)
  if (moved !== undefined) {
    const address = new URL(moved, new URL(basePath, location.origin))
    for (const [name, value] of new URLSearchParams(location.search)) address.searchParams.append(name, value)
    history.replaceState(null, '', `${address}${location.hash}`)
    path = pathBelow(basePath, address.pathname) ?? '\0'
  }
  const search = new URLSearchParams(location.search)
  for (const route of routes) {
    const parameters = matchPattern(route.pattern, path)
    if (parameters !== undefined) return { route, parameters, search }
  }
  return { route: notFound, parameters: {}, search }
}

let current = $state.raw(locate())

export const router = {
  get current() {
    return current
  },
}

export const navigate = (address: string, { replace = false } = {}): void => {
  const url = new URL(address, new URL(basePath, location.origin))
  if (replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  arrive()
}

const arrive = () => {
  const previous = current.route
  current = locate()
  if (previous === current.route) return
  scrollTo(0, 0)
  // Someone who does not see the page change hears the new title.
  void tick().then(() => document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }))
}

const isPlainClick = (event: MouseEvent) =>
  event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

const onClick = (event: MouseEvent) => {
  if (!isPlainClick(event)) return
  const anchor = (event.target as Element).closest('a')
  if (anchor === null || anchor.target !== '' || anchor.rel.includes('external') || anchor.origin !== location.origin) return
  if (pathBelow(basePath, anchor.pathname) === undefined || anchor.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  navigate(anchor.href)
}

export const startRouter = (): void => {
  addEventListener('popstate', arrive)
  document.addEventListener('click', onClick)
}
