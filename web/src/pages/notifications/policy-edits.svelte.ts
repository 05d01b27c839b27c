import { request } from '../../client.ts'
import { toast } from '../../frame/toasts.svelte.ts'
import {
  DeleteNotificationPolicyDocument,
  PauseNotificationPolicyDocument,
  ResumeNotificationPolicyDocument,
} from '../../generated/graphql.ts'

interface Named {
  id: string
  words: string
  isActive: boolean
}

let leaving = $state.raw<ReadonlySet<string>>(new Set())

/** Those that are about to be deleted, while somebody may still change his mind. */
export const leavingPolicies = {
  get ids() {
    return leaving
  },
}

export const setActive = ({ id }: Pick<Named, 'id'>, isActive: boolean): Promise<boolean> =>
  told(isActive ? 'Not resumed' : 'Not paused', () =>
    isActive ? request(ResumeNotificationPolicyDocument, { id }) : request(PauseNotificationPolicyDocument, { id }),
  )

/** It falls silent at once, and is deleted when nobody has taken it back for as long as the message stands. */
export const deletePolicy = async (policy: Named): Promise<void> => {
  if (policy.isActive && !(await setActive(policy, false))) return
  leaving = new Set([...leaving, policy.id])
  toast({
    text: 'Deleted the notification',
    undo: () => void (policy.isActive && setActive(policy, true)),
    async gone(wasUndone) {
      if (!wasUndone) await told('Not deleted', () => request(DeleteNotificationPolicyDocument, { id: policy.id }))
      leaving = new Set([...leaving].filter(id => id !== policy.id))
    },
  })
}

const told = async (whenNot: string, act: () => Promise<unknown>): Promise<boolean> => {
  try {
    await act()
    return true
  } catch (error) {
    toast({ text: `${whenNot}: ${error instanceof Error ? error.message : 'something unexpected happened.'}`, isError: true })
    return false
  }
}
