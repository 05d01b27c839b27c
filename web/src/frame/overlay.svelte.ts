export type Overlay = 'palette' | 'shortcuts'

let open = $state<Overlay>()

/** What floats over the whole page; one at a time. */
export const overlay = {
  get open() {
    return open
  },
  set open(next: Overlay | undefined) {
    open = next
  },
  /** The browser tells late that one has closed: by then another may be open, which stays. */
  close(closed: Overlay) {
    if (open === closed) open = undefined
  },
}
