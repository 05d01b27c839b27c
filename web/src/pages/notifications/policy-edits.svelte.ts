import { request } from '../../client.ts'
import { toast } from '../../frame/toasts.svelte.ts'
import {
  CreateNotificationPolicyDocument,
  DeleteNotificationPolicyDocument,
  MuteNotificationPolicyDocument,
  PauseNotificationPolicyDocument,
  ResumeNotificationPolicyDocument,
  UpdateNotificationPolicyDocument,
} from '../../generated/graphql.ts'
import { inputOf, type PolicyDraft } from './policy-draft.ts'

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

/** Throws what the server has against it. */
export const savePolicy = async (draft: PolicyDraft, { id, isActive }: { id: string | undefined; isActive: boolean }): Promise<void> => {
  const policy = inputOf(draft)
  if (id === undefined) await request(CreateNotificationPolicyDocument, { input: { ...policy, isActive } })
  else await request(UpdateNotificationPolicyDocument, { input: { ...policy, id } })
}

export const muteUntil = ({ id }: Pick<Named, 'id'>, until: string | null): Promise<boolean> =>
  told('Not changed', () => request(MuteNotificationPolicyDocument, { id, until }))

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
