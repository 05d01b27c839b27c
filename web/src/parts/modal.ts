/** Opens a dialog over the page, which holds the focus until it is gone and then gives it back. */
export const asModal = (dialog: HTMLDialogElement): (() => void) => {
  const before = document.activeElement
  dialog.showModal()
  return () => {
    if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
  }
}

/** The scrim is part of the dialog: a click beside what it holds closes it. */
export const closeBeside = (event: MouseEvent & { currentTarget: HTMLDialogElement }): void => {
  if (event.target === event.currentTarget) event.currentTarget.close()
}
