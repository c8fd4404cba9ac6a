import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Lets only one system run in a data directory; says where the other one is and ends this process. */
export function holdOnly(directory: string, address: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, 'running.json')
  if (existsSync(file)) {
    const other = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; address: string }
    if (isAlive(other.pid)) {
      console.error(`Tiaodu is running already: ${other.address} (process ${other.pid})`)
      process.exit(1)
    }
  }
  writeFileSync(file, JSON.stringify({ pid: process.pid, address }))
  process.on('exit', () => rmSync(file, { force: true }))
}
