import { z } from 'zod'
import { query } from '../../kernel/operation.ts'
import { defaultMessage, defaultSubject } from './message-template.ts'
import { type DescribedVariable, messageVariables } from './message-variables.ts'

export interface MessageTemplates {
  readonly subject: string
  readonly message: string
  readonly variables: readonly DescribedVariable[]
}

/** The texts of policies that have none of their own, and what any text may name. */
export const describeMessageTemplates = query('notification-policy.templates', {
  input: z.object({}),
  needs: 'notification-policy:read',
  run: async (): Promise<MessageTemplates> => ({ subject: defaultSubject, message: defaultMessage, variables: messageVariables }),
})
