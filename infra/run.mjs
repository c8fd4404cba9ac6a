// The one entry for people: installs what is missing, then hands over to the command in TypeScript.
// Plain JavaScript, because on a fresh clone nothing else is there yet.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const COMMANDS = ['start', 'test', 'demo', 'bench', 'doctor', 'generate', 'load', 'reconcile', 'migrate']
const [command = '', ...rest] = process.argv.slice(2)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Tiaodu needs Node.js 20.19 or newer; this is ${process.versions.node}. 请安装 Node.js 20.19 或更新版本。`,
  )
  process.exit(1)
}
if (!COMMANDS.includes(command)) {
  console.error(`Usage: npm run ${COMMANDS.join('|')}`)
  process.exit(2)
}
if (command === 'doctor') {
  const { doctor } = await import('./doctor.mjs')
  process.exit(await doctor(root))
}

const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
const run = (program, args) =>
  spawnSync(program, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })

if (modified(`${root}/node_modules/.package-lock.json`) < modified(`${root}/package-lock.json`)) {
  console.log('Installing what is missing (npm ci) …')
  const { status } = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (status !== 0) process.exit(status ?? 1)
}

const args = ['--conditions=@tiaodu/source', '--import', 'tsx', `infra/${command}.ts`, ...rest]
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
// Ctrl-C reaches the whole group by itself; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => child.kill('SIGTERM'))
child.on('exit', (code) => process.exit(code ?? 1))
