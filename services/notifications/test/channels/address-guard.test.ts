import fc from 'fast-check'
import t from 'tap'
import { isPublicAddress } from '../../src/channels/http/address-guard.ts'

t.test('only the internet is public', async (t) => {
  for (const address of ['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111', '240e::1'])
    t.ok(isPublicAddress(address), address)
  const inside = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2001::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    'localhost',
    '',
  ]
  for (const address of inside) t.notOk(isPublicAddress(address), address)
})

t.test('an IPv4 address is judged alike however it is wrapped', async (t) => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => t.equal(isPublicAddress(`::ffff:${address}`), isPublicAddress(address))),
  )
})
