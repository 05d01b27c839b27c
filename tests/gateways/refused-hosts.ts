// Ways to write a host that leads inside. PORT stands for that of a receiver on loopback, which must hear of none of them.
const inside = [
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '0.0.0.0',
  '255.255.255.255',
]

/** Every way in which a parser may take one IPv4 address. */
function formsOf(address: string): string[] {
  const [a, b, c, d] = address.split('.').map(Number) as [number, number, number, number]
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (value: number, width = 1) => value.toString(16).padStart(width, '0')
  const octal = (value: number) => `0${value.toString(8)}`
  const groups = `${hex(a * 256 + b)}:${hex(c * 256 + d)}`
  const inverted = `${hex((a * 256 + b) ^ 0xffff)}:${hex((c * 256 + d) ^ 0xffff)}`
  return [
    address,
    `${address}.`,
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    String(whole),
    `0x${hex(whole, 8)}`,
    `0X${hex(whole, 8).toUpperCase()}`,
    octal(whole),
    [a, b, c, d].map(part => `0x${hex(part)}`).join('.'),
    [a, b, c, d].map(octal).join('.'),
    `0x${hex(a)}.${octal(b)}.${c}.${d}`,
    [...address].map(sign => `%${hex(sign.charCodeAt(0), 2)}`).join(''),
    [...address].map(sign => (sign === '.' ? '。' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0))).join(''),
    `example.org@${address}`,
    `example.org:80@${address}`,
    `[::ffff:${address}]`,
    `[::ffff:${groups}]`,
    `[0:0:0:0:0:FFFF:${groups.toUpperCase()}]`,
    `[::${groups}]`,
    `[::ffff:0:${groups}]`,
    `[64:ff9b::${groups}]`,
    `[64:ff9b:1::${groups}]`,
    `[2002:${groups}::1]`,
    `[2001:0:${groups}::1]`,
    `[2001:0:5db8:d822:0:0:${inverted}]`,
    `[2600::5efe:${groups}]`,
  ]
}

const sixes = [
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[fe80::1]',
  '[febf::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd12:3456:789a::1]',
  '[fd00:ec2::254]',
  '[fd20:ce::254]',
  '[ff02::1]',
  '[ff05::1:3]',
  '[100::1]',
  '[2001:db8::1]',
  '[3fff::1]',
  '[4000::1]',
  '[64:ff9b:1::1]',
]

const others = [
  ...['192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '240.0.0.1'],
  ...['224.0.0.1', '239.255.255.250', '100.100.100.200', '168.63.129.16', '169.254.170.2', '169.254.0.1', '100.127.255.255', '0.1.2.3'],
  ...['127.1', '127.0.1', '0', '0x0', '00', '0x7f.1', '0177.1', '017700000001', '127.0.0.1:PORT', '0x7f.1:PORT', '2130706433:PORT'],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'LocalHost:PORT',
    'a.localhost',
    'inside.example.org',
    'inside.example.org.',
    'mixed.example.org',
  ],
  ...['mapped.example.org', 'metadata.google.internal', 'METADATA.google.internal.', 'user:password@inside.example.org', 'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ'],
]

export const refusedHosts: readonly string[] = [...new Set([...inside.flatMap(formsOf), ...sixes, ...others])]
