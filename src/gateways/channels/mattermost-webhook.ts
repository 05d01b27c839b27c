import { SENDER_NAME, shorten, titleAndBody } from './message-text.ts'
import { given, json, type RequestsOf } from './request.ts'

const LONGEST_TEXT = 16_383

export const mattermostWebhook: RequestsOf<'mattermost-webhook'> = (config, message) =>
  (config.channels ?? [null]).map(channel => ({
    recipient: channel,
    url: `${config.secure ? 'https' : 'http'}://${config.hostname}:${config.port}${folder(config.path)}/hooks/${encodeURIComponent(config.token)}`,
    accepted: [200],
    ...json(
      given({
        text: shorten(titleAndBody(message), LONGEST_TEXT),
        username: config.botname ?? SENDER_NAME,
        channel: channel?.replace(/^#/, ''),
      }),
    ),
  }))

const folder = (path: string | null): string => (path ?? '').replace(/^\/?(?=.)/, '/').replace(/\/+$/, '')
