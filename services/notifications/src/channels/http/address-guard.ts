import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, isIPv4 } from 'node:net'

// What is not the public internet: RFC 6890 and its IANA registries, 2026.
const REFUSED_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]
// Within 2000::/3, the only IPv6 of the internet: tunnels that carry an IPv4 address, and documentation.
const REFUSED_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const listOf = (subnets: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', bits] = subnet.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
const refused4 = listOf(REFUSED_IPV4, 'ipv4')
const refused6 = listOf(REFUSED_IPV6, 'ipv6')
const internet6 = listOf(['2000::/3'], 'ipv6')
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** Whether an IP address is on the public internet, and not of a private, loopback, link-local or special network. */
export function isPublicAddress(address: string): boolean {
  const mapped = MAPPED.exec(address)?.[1]
  const plain = mapped ?? address
  if (isIPv4(plain)) return !refused4.check(plain, 'ipv4')
  return isIP(plain) === 6 && internet6.check(plain, 'ipv6') && !refused6.check(plain, 'ipv6')
}

/** The other side is where we do not send to. */
export class AddressRefused extends Error {
  override name = 'AddressRefused'
  constructor(host: string, address: string) {
    super(`拒绝发送：${host === address ? host : `${host} 解析为 ${address}`}，是内网或保留地址`)
  }
}

type Callback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name for a connection that is about to be made, and refuses it when any of its addresses is not public.
 * The connection is made to what was judged here, so that a name that answers differently the next time gains nothing.
 */
export function guardedLookup(host: string, options: LookupOptions, callback: Callback): void {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    const inside = addresses.find(({ address }) => !isPublicAddress(address))
    if (inside !== undefined) return callback(new AddressRefused(host, inside.address), [])
    const [first] = addresses
    if (options.all || first === undefined) return callback(null, addresses)
    callback(null, first.address, first.family)
  })
}

/** @throws AddressRefused for a host that is written as an address: it is never looked up */
export function assertPublicHost(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw new AddressRefused(address, address)
}
