import { toast } from '../../frame/toasts.svelte.ts'
import { copyText } from '../../parts/clipboard.ts'

/** Copies a text and says so; `what` names it in the message. */
export const copy = async (text: string, what: string): Promise<void> => {
  if (await copyText(text)) toast({ text: 'Copied', name: what })
  else toast({ text: 'Not copied: the browser keeps its clipboard from this page', isError: true })
}
