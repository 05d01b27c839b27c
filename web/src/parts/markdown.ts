import DOMPurify from 'dompurify'
import { Marked } from 'marked'

const HANDLERS = /\son\w+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi

// The sanitiser takes handlers away too, but the browser complains of them as soon as it reads one.
const marked = new Marked({ gfm: true, breaks: false, async: false, renderer: { html: ({ text }) => text.replace(HANDLERS, '') } })

const TAGS = [
  ...['a', 'b', 'blockquote', 'br', 'code', 'del', 'details', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'i', 'img', 'input'],
  ...['kbd', 'li', 'ol', 'p', 'pre', 's', 'strong', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'],
]
/** Their values are no addresses, and need not look like one. */
const WORDS = ['align', 'start', 'open', 'type', 'checked', 'disabled']
const ADDRESSES = /^(?:https?:|mailto:|#|\/(?!\/)|data:image\/(?:png|gif|jpeg|webp);)/i

export interface Rendered {
  html: string
  /** Of other hosts, which were left out: to ask for them would tell those that somebody looks. */
  heldBack: readonly string[]
}

interface Wishes {
  withRemoteImages?: boolean
  /** The level of the heading on the page under which the text stands. */
  under?: number
}

/** Markdown as HTML that a stranger may have written: no scripts, styles, forms or frames, and no picture of another host unless it is wished. */
export const renderMarkdown = (text: string, { withRemoteImages = false, under = 1 }: Wishes = {}): Rendered => {
  const fragment = DOMPurify.sanitize(marked.parse(text) as string, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['href', 'src', 'alt', 'title', ...WORDS],
    ADD_URI_SAFE_ATTR: WORDS,
    ALLOWED_URI_REGEXP: ADDRESSES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  })
  const heldBack: string[] = []
  for (const image of fragment.querySelectorAll('img')) {
    if (!isRemote(image.src)) continue
    if (withRemoteImages) image.referrerPolicy = 'no-referrer'
    else {
      heldBack.push(new URL(image.src).host)
      image.replaceWith(Object.assign(document.createElement('em'), { textContent: image.alt || 'image' }))
    }
  }
  for (const link of fragment.querySelectorAll('a'))
    if (isRemote(link.href)) Object.assign(link, { target: '_blank', rel: 'noopener noreferrer' })
  placeHeadings(fragment, under)
  for (const box of fragment.querySelectorAll('input')) {
    if (box.type !== 'checkbox') box.remove()
    else Object.assign(box, { disabled: true, ariaLabel: box.checked ? 'done' : 'not done' })
  }
  for (const scrolling of fragment.querySelectorAll('pre')) Object.assign(scrolling, { tabIndex: 0 })
  return { html: htmlOf(fragment), heldBack: [...new Set(heldBack)] }
}

/** Whether an address is that of another host. */
export const isRemote = (address: string): boolean => {
  const url = URL.parse(address, location.href)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin !== location.origin
}

/** Each at most a level below the one before it, as the outline of a page wants; how it looks stays. */
const placeHeadings = (fragment: DocumentFragment, under: number): void => {
  let level = under
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const depth = Number(heading.tagName.slice(1))
    level = Math.min(6, level + 1, under + depth)
    const placed = document.createElement(`h${level}`)
    placed.dataset.depth = String(depth)
    placed.append(...heading.childNodes)
    heading.replaceWith(placed)
  }
}

const htmlOf = (fragment: DocumentFragment): string => {
  const holder = document.createElement('div')
  holder.append(fragment)
  return holder.innerHTML
}
