import type { Snippet } from 'svelte'

let scope = $state.raw<Snippet>()

/** What scopes the whole page, in the top bar behind its title; on a narrow screen in a line of its own below. */
export const pageScope = {
  get current() {
    return scope
  },
}

/** Called by a page when it is made, with its range, its tags or its views. */
export const usePageScope = (own: Snippet): void => {
  $effect.pre(() => {
    scope = own
    return () => {
      if (scope === own) scope = undefined
    }
  })
}
