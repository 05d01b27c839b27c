import { createCipheriv, createDecipheriv, createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** A key for secrets. Node shows nothing of a key object, whoever prints it. */
export interface Key {
  readonly secret: KeyObject
  /** Names the key without telling it: 16 hexadecimal digits. */
  readonly fingerprint: string
}

export const KEY_BYTES = 32
export const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'aes-256-gcm'
const VERSION = 'v1'

export const keyOf = (bytes: Buffer): Key => ({
  secret: createSecretKey(bytes),
  fingerprint: createHmac('sha256', bytes).update('fingerprint').digest('hex').slice(0, 16),
})

/**
 * `v1.<fingerprint of the key>.<nonce>.<ciphertext and tag>`. `place` says where the envelope belongs: it is authenticated with the text, so that an envelope
 * put in another place does not open. A nonce is never used twice.
 */
export function sealText({ secret, fingerprint }: Key, nonce: Buffer, place: string, text: string): string {
  const cipher = createCipheriv(CIPHER, secret, nonce).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [VERSION, fingerprint, nonce.toString('base64url'), sealed.toString('base64url')].join('.')
}

/** Undefined when this is not what was sealed with that key for that place. */
export function openText({ secret }: Key, place: string, envelope: string): string | undefined {
  const [version, , nonce = '', sealed = ''] = envelope.split('.')
  const bytes = Buffer.from(sealed, 'base64url')
  if (version !== VERSION || bytes.length < TAG_BYTES) return undefined
  try {
    const decipher = createDecipheriv(CIPHER, secret, Buffer.from(nonce, 'base64url'), { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG_BYTES))
    return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

/** The fingerprint of the key that opens it. */
export const sealedWith = (envelope: string): string => envelope.split('.')[1] ?? ''

/** What every envelope of a key begins with. */
export const envelopePrefix = (fingerprint: string): string => `${VERSION}.${fingerprint}.`
