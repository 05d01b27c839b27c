/** Words that were given a title here, so that one that somebody else gave is left alone. */
const given = new WeakSet<Element>()

/** Whatever is cut at the end of its place says all its words to the pointer that rests on it. */
export const startCutWords = (): void => {
  document.addEventListener('pointerover', ({ target }) => {
    for (let element = target; element instanceof HTMLElement && element !== document.body; element = element.parentElement) {
      if (getComputedStyle(element).textOverflow === 'ellipsis') return tell(element)
    }
  })
}

const tell = (element: HTMLElement) => {
  if (element.title !== '' && !given.has(element)) return
  const isCut = element.scrollWidth > element.clientWidth && element.querySelector('[title]') === null
  if (isCut) element.title = element.textContent.replaceAll(/\s+/g, ' ').trim()
  else if (given.has(element)) element.removeAttribute('title')
  if (isCut) given.add(element)
}
