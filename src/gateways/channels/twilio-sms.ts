import { shorten, titleAndBody } from './message-text.ts'
import type { RequestsOf } from './request.ts'

const LONGEST_TEXT = 1600

export const twilioSms: RequestsOf<'twilio-sms'> = (config, message) =>
  config.to_phone_numbers.map(number => ({
    recipient: number,
    url: `https://api.twilio.com/2010-04-01/Accounts/${encodeURIComponent(config.account_sid)}/Messages.json`,
    accepted: [200, 201],
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(`${config.account_sid}:${config.auth_token}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      From: config.from_phone_number,
      To: number,
      Body: shorten(titleAndBody(message), LONGEST_TEXT),
    }).toString(),
  }))
