import { emailBody } from './email-body.ts'
import { json, type RequestsOf } from './request.ts'

export const sendgridEmail: RequestsOf<'sendgrid-email'> = (config, message) => {
  const { text, html } = emailBody(message)
  return config.to_emails.map(email => ({
    recipient: email,
    url: 'https://api.sendgrid.com/v3/mail/send',
    accepted: [200, 202],
    ...json(
      {
        personalizations: [{ to: [{ email }], custom_args: { delivery: message.deliveryId } }],
        from: { email: config.sender_email },
        subject: message.subject,
        content: [
          { type: 'text/plain', value: text },
          { type: 'text/html', value: html },
        ],
      },
      { authorization: `Bearer ${config.api_key}` },
    ),
  }))
}
