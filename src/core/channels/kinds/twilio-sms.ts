import { z } from 'zod'
import { listed } from '../apprise-url.ts'
import { asCredentials, defineChannel, notifyType, recipients, secret, text } from '../channel-definition.ts'

export const twilioSms = defineChannel({
  kind: 'twilio-sms',
  title: 'Twilio SMS',
  description: 'Sends text messages through a Twilio account.',
  schema: z.object({
    account_sid: text('SID of the Twilio account; it begins with AC.'),
    auth_token: secret('Auth token of the Twilio account.'),
    from_phone_number: text('Number to send from, with its country code: +12025550123.'),
    to_phone_numbers: recipients('Numbers to send to, with their country codes.'),
    notify_type: notifyType,
  }),
  urlForms: ['twilio://{account_sid}:{auth_token}@{from_phone_number}/{to_phone_number}/{to_phone_number}'],
  fromUrl({ scheme, user, password, host, path, query }) {
    if (scheme !== 'twilio') return undefined
    const to = [...path, ...listed(query.get('to'))]
    return { account_sid: user, auth_token: password, from_phone_number: host, to_phone_numbers: to.length > 0 ? to : [host] }
  },
  summarise: ({ to_phone_numbers }) => ({ host: 'api.twilio.com', recipients: to_phone_numbers.map(maskNumber).join(', ') }),
  secretsOf: ({ account_sid, auth_token }) => [auth_token, asCredentials(account_sid, auth_token)],
})

/** Whose number it is, is nobody’s business: the last three digits tell them apart. */
const maskNumber = (number: string): string => `…${number.slice(-3)}`
