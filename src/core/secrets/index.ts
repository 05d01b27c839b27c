export { describeEncryption, type Encryption } from './encryption.ops.ts'
export { SealingKey } from './sealing-key.entity.ts'
export { lacking, openSecret, retireKeys, type SealedPlace, sealSecret, sealWith, succeedKey } from './secrets.ts'
