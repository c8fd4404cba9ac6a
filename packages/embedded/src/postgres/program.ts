import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findBinaries } from './binaries.ts'
import { linkLibraries } from './libraries.ts'

const execFileAsync = promisify(execFile)

/** How to run the PostgreSQL programs as the user we are. `prefix` goes before every command line; `major` is e.g. 18. */
export type Program = {
  initdb: string
  postgres: string
  prefix: readonly string[]
  env: NodeJS.ProcessEnv
  major: number
}

/**
 * PostgreSQL refuses to run as root. In a user namespace in which root appears as the user 65534 it runs, its files belong to root outside,
 * and no user is created on the machine. The signals and process ids stay those of the machine.
 */
const AS_NOBODY = ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--']

/** Finds the programs and proves that they run here. @throws Error with the reason when they do not */
export async function findProgram(linkFolder: string): Promise<Program> {
  const binaries = await findBinaries()
  const loaderPath = await linkLibraries(binaries.native, linkFolder)
  const prefix = process.geteuid?.() === 0 ? AS_NOBODY : []
  const program = { ...binaries, prefix, env: environment(loaderPath), major: 0 }
  try {
    const { stdout } = await runProgram(program, binaries.postgres, ['--version'])
    return { ...program, major: Number(/ (\d+)/.exec(stdout)?.[1]) }
  } catch (cause) {
    throw new Error(whyNot(prefix.length > 0, String((cause as Error).message)), { cause })
  }
}

/** Runs one of the programs to its end. The text of its error output is in the message of the error. */
export function runProgram(
  program: Pick<Program, 'prefix' | 'env'>,
  file: string,
  args: string[],
): Promise<{ stdout: string; stderr: string }> {
  const [command = file, ...rest] = [...program.prefix, file, ...args]
  return execFileAsync(command, rest, { env: program.env, maxBuffer: 1 << 24 })
}

/** Our own environment would bring in LANG, LC_*, PG* and other people's secrets. */
function environment(loaderPath: string | undefined): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {}
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR']) {
    if (process.env[name] !== undefined) env[name] = process.env[name]
  }
  if (loaderPath) env[process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'] = loaderPath
  return env
}

function whyNot(asRoot: boolean, reason: string): string {
  if (!asRoot) return `The embedded PostgreSQL does not run on this machine: ${reason}`
  return (
    `PostgreSQL refuses to run as root, and starting it in a user namespace failed: ${reason.trim()}\n` +
    'Start as an ordinary user, allow user namespaces (in Docker: --security-opt seccomp=unconfined), ' +
    'or give the URL of a PostgreSQL server of your own.'
  )
}
