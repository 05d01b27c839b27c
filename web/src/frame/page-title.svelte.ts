interface PageTitle {
  text: string
  parent?: { label: string; href: string }
}

let title = $state.raw<PageTitle>({ text: '' })

export const pageTitle = {
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
