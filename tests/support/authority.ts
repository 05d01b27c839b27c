// A certificate authority of the tests' own, with a certificate for the hosts of all providers: what a deployment with its own DNS and proxy would have.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Authority {
  /** PEM file to trust. */
  readonly caFile: string
  readonly key: string
  readonly cert: string
}

/** Why there can be none; undefined when there can. */
export function missingOpenssl(): string | undefined {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'openssl is not installed'
  }
}

export function createAuthority(hosts: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-authority-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = hosts.map(host => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`)).join(',')
  const wanted = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=tests']
  execFileSync('openssl', ['req', '-x509', ...wanted, '-keyout', key, '-out', cert, '-addext', `subjectAltName=${names}`], {
    stdio: 'ignore',
  })
  return { caFile: cert, key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
