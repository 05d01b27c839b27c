import { z } from 'zod'
import { type AppriseUrl, listed } from '../apprise-url.ts'
import { defineChannel, flag, notifyType, optional, recipients, secret, text, withDefault } from '../channel-definition.ts'

const tls = z
  .enum(['SSL', 'STARTTLS', 'INSECURE'])
  .describe(
    'SSL: encrypted from the start. STARTTLS: switches to encryption before anything is sent, and sends nothing without it. INSECURE: no encryption.',
  )

export const smtpEmail = defineChannel({
  kind: 'smtp-email',
  title: 'SMTP Email',
  description: 'Sends email through a mail server.',
  schema: z
    .object({
      smtp_server: text('Host name of the mail server.'),
      smtp_type: withDefault(tls, 'STARTTLS'),
      smtp_port: optional(
        z.int().min(1).max(65_535).describe('Port of the mail server. Left out: 465 for SSL, 587 for STARTTLS, 25 for INSECURE.'),
      ),
      username: optional(text('User name to sign in with. Left out: no sign-in.')),
      password: optional(secret('Password that goes with the user name.')),
      from_email: text('Sender: name@example.org, or Name <name@example.org>.'),
      to_emails: recipients('Recipients, each as name@example.org or Name <name@example.org>.'),
      verify: flag('Whether the certificate of the mail server is checked.', true),
      notify_type: notifyType,
    })
    .refine(({ username, password }) => (username === null) === (password === null), {
      path: ['password'],
      message: 'goes with a username, and a username with a password',
    }),
  urlForms: ['mailto://{user}:{password}@{domain}?smtp={smtp_server}&to={to_email},{to_email}&from={from_email}', 'mailtos://…'],
  fromUrl: url => (/^mailtos?$/.test(url.scheme) ? fromMailto(url) : undefined),
  summarise: ({ smtp_server, to_emails }) => ({ host: smtp_server, recipients: to_emails.join(', ') }),
  secretsOf: ({ username, password }) =>
    password === null
      ? []
      : [password, Buffer.from(password).toString('base64'), Buffer.from(`\0${username}\0${password}`).toString('base64')],
})

/** Where the mail of a domain is not sent from a server of its name. */
const servers: Readonly<Record<string, string>> = {
  'gmail.com': 'smtp.gmail.com',
  'googlemail.com': 'smtp.gmail.com',
  'outlook.com': 'smtp-mail.outlook.com',
  'hotmail.com': 'smtp-mail.outlook.com',
  'yahoo.com': 'smtp.mail.yahoo.com',
  'fastmail.com': 'smtp.fastmail.com',
  'icloud.com': 'smtp.mail.me.com',
}

function fromMailto({ scheme, user, password, host, port, path, query }: AppriseUrl) {
  const address = `${user}@${host}`
  const server = servers[host.toLowerCase()]
  const isSecure = scheme === 'mailtos' || server !== undefined || query.has('mode')
  const to = [...path, ...listed(query.get('to'))]
  const from = query.get('from')
  const login = query.get('user') ?? (server ? address : user)
  return {
    smtp_server: query.get('smtp') ?? server ?? host,
    smtp_type: !isSecure ? 'INSECURE' : query.get('mode')?.toLowerCase() === 'ssl' ? 'SSL' : 'STARTTLS',
    smtp_port: port,
    username: password === '' ? null : login,
    password: password || null,
    from_email: from === undefined ? address : from.includes('@') ? from : `${from} <${address}>`,
    to_emails: to.length > 0 ? to : [address],
  }
}
