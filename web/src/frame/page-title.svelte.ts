interface PageTitle {
  text: string
  /** For the browser's tab, where the heading alone would not tell one page from another. */
  tab?: string
  parent?: { label: string; href: string }
}

let title = $state.raw<PageTitle>({ text: '' })

export const pageTitle = {
  get tab() {
    return title.tab ?? title.text
  },
  get text() {
    return title.text
  },
  get parent() {
    return title.parent
  },
}

export const setPageTitle = (next: PageTitle): void => {
  title = next
}
