import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Part } from './parts.ts'

/** A part that is started again whenever it dies by itself. */
export interface KeptPart {
  readonly part: Part
  /** The process id of the moment, undefined between two lives. */
  pid(): number | undefined
  /** Resolves when `/readyz` answers 200. @throws when it does not within `ms`, with the end of its log */
  ready(ms: number): Promise<void>
  stop(): Promise<void>
}

const RESTART_MS = 500
const STOP_MS = 10_000

/** Runs a part as a child process of its own group, so that Ctrl-C reaches it through us and in order. */
export function keepRunning(
  part: Part,
  options: { root: string; environment: NodeJS.ProcessEnv; logFile: string },
): KeptPart {
  const { root, environment, logFile } = options
  let isStopping = false
  let child: ChildProcess | undefined
  let deaths = 0

  const start = () => {
    const log = openSync(logFile, 'a', 0o600)
    child = spawn(process.execPath, ['--enable-source-maps', part.script], {
      cwd: root,
      env: environment,
      stdio: ['ignore', log, log],
      detached: true,
    })
    closeSync(log)
    child.on('exit', () => {
      child = undefined
      deaths++
      if (!isStopping) setTimeout(() => !isStopping && start(), RESTART_MS)
    })
  }
  start()

  return {
    part,
    pid: () => child?.pid,
    async ready(ms) {
      const end = Date.now() + ms
      while (Date.now() < end && deaths < 3) {
        const answer = await fetch(`http://127.0.0.1:${part.port}/readyz`).catch(() => undefined)
        if (answer?.ok) return
        await sleep(100)
      }
      throw new Error(`${part.name} did not become ready; see ${logFile}`)
    },
    async stop() {
      isStopping = true
      const stopping = child
      if (stopping === undefined) return
      const exited = new Promise((resolve) => stopping.once('exit', resolve))
      stopping.kill('SIGTERM')
      const limit = setTimeout(() => stopping.kill('SIGKILL'), STOP_MS)
      await exited
      clearTimeout(limit)
    },
  }
}
