import { jsonObject } from '../../kernel/inputs.ts'

/** Clients of long ago tell of retries by other names, which the peer's server reads where the later ones are missing. */
export const runPolicy = jsonObject.transform(({ ...policy }) => {
  const { max_retries, retry_delay_seconds } = policy
  if (!policy['retries'] && max_retries) policy['retries'] = max_retries
  if (!policy['retry_delay'] && retry_delay_seconds) policy['retry_delay'] = retry_delay_seconds
  return policy
})
