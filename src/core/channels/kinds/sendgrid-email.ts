import { z } from 'zod'
import { listed } from '../apprise-url.ts'
import { defineChannel, notifyType, recipients, secret, text } from '../channel-definition.ts'

export const sendgridEmail = defineChannel({
  kind: 'sendgrid-email',
  title: 'Sendgrid Email',
  description: 'Sends email through a SendGrid account: one to each recipient.',
  schema: z.object({
    api_key: secret('API key of the SendGrid account.'),
    sender_email: text('Sender: an address that SendGrid has verified.'),
    to_emails: recipients('Recipients.'),
    notify_type: notifyType,
  }),
  urlForms: ['sendgrid://{api_key}:{sender_name}@{sender_domain}/{to_email}/{to_email}'],
  fromUrl({ scheme, user, password, host, path, query }) {
    if (scheme !== 'sendgrid') return undefined
    const sender_email = `${password}@${host}`
    const to_emails = [...path, ...listed(query.get('to'))]
    return { api_key: user, sender_email, to_emails: to_emails.length > 0 ? to_emails : [sender_email] }
  },
  summarise: ({ to_emails }) => ({ host: 'api.sendgrid.com', recipients: to_emails.join(', ') }),
  secretsOf: ({ api_key }) => [api_key],
})
