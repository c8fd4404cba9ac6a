import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** A server in a process of its own, so that neither side of a comparison shares an event loop with the load. */
export interface Server {
  readonly url: string
  stop(): void
}

const READY_MS = 60_000

export async function startServer(
  script: string,
  port: number,
  environment: Record<string, string>,
  readyPath = '/readyz',
): Promise<Server> {
  const isSource = script.endsWith('.ts')
  const child: ChildProcess = spawn(
    process.execPath,
    [...(isSource ? ['--conditions=@tiaodu/source', '--import', 'tsx'] : []), script],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), ...environment },
    },
  )
  const url = `http://127.0.0.1:${port}`
  const end = Date.now() + READY_MS
  while (Date.now() < end) {
    const answer = await fetch(url + readyPath).catch(() => undefined)
    if (answer !== undefined) return { url, stop: () => void child.kill('SIGKILL') }
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`${script} did not come up`)
}
