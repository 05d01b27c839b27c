/** Answers whether the text is on the clipboard now. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

// Over plain http from another host there is no clipboard API.
const copyBySelection = (text: string): boolean => {
  const before = document.activeElement
  const holder = document.createElement('textarea')
  holder.value = text
  holder.style.position = 'fixed'
  ;(document.querySelector('dialog[open]') ?? document.body).append(holder)
  holder.select()
  const isCopied = document.execCommand('copy')
  holder.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}
