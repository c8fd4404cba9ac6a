import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { findRedis, startRedis } from '../src/index.ts'

const skip = findRedis() ? false : 'NOT CHECKED: no redis-server or valkey-server on the PATH'
const directory = await mkdtemp(join(tmpdir(), 'tiaodu-redis-test-'))
t.teardown(() => rm(directory, { recursive: true }))

/** Sends inline commands and gives everything the server answers to them. */
async function say(url: string, ...commands: string[]): Promise<string> {
  const { port, password } = new URL(url)
  const socket = connect(Number(port), '127.0.0.1')
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.end([...(password ? [`AUTH ${password}`] : []), ...commands, 'QUIT', ''].join('\r\n'))
  await once(socket, 'close')
  return answer
}

t.test('a private Redis keeps its data through kill and comes back at the same address', { skip }, async (t) => {
  const first = await startRedis({ directory })
  t.match(await say(first?.url ?? '', 'CONFIG GET maxmemory-policy'), /noeviction/)
  t.match(await say(first?.url ?? '', 'CONFIG GET appendonly'), /yes/)
  t.match(await say(first?.url.replace(/:\w+@/, '') ?? '', 'PING'), /NOAUTH/, 'no password, no service')
  t.match(await say(first?.url ?? '', 'SET kept yes'), /\+OK\r\n\+OK/)
  await first?.kill()
  const port = first?.port ?? 0
  const second = await startRedis({ directory, port })
  t.equal(second?.url, first?.url)
  t.match(await say(second?.url ?? '', 'GET kept'), /yes/)
  await second?.stop()
  await second?.stop()
  await t.rejects(say(second?.url ?? '', 'PING'), { code: 'ECONNREFUSED' })
})

t.test('without a Redis on the PATH there is none, and that is no error', async (t) => {
  const path = process.env.PATH
  process.env.PATH = directory
  t.equal(findRedis(), undefined)
  t.equal(await startRedis(), undefined)
  process.env.PATH = path
})
