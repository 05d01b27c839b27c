import { request } from '../../client.ts'
import { toast } from '../../frame/toasts.svelte.ts'
import { RedeliverNotificationDocument } from '../../generated/graphql.ts'

/** By the channel as it is now. */
export const redeliver = async (id: string): Promise<void> => {
  try {
    await request(RedeliverNotificationDocument, { id })
    toast({ text: 'Queued to be sent again' })
  } catch (error) {
    toast({ text: `Not sent again: ${error instanceof Error ? error.message : 'something unexpected happened.'}`, isError: true })
  }
}
