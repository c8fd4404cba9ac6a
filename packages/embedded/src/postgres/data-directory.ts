import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { findPassword, keepPassword, passwordFile } from '../password.ts'
import { type Program, runProgram } from './program.ts'

/**
 * Makes the data directory `<directory>/data` if there is none and gives the password of its superuser `tiaodu`.
 * initdb works under another name that becomes `data` at the end, so that an interrupted one is never taken for a cluster.
 * @throws Error when the data belong to another user or another major version, or their password is gone
 */
export async function prepareDataDirectory(program: Program, directory: string, durable: boolean): Promise<string> {
  const data = join(directory, 'data')
  const owner = await stat(data).catch(() => undefined)
  if (!owner) {
    const password = await keepPassword(directory)
    await createCluster(program, directory, data, durable)
    return password
  }
  const uid = process.geteuid?.()
  if (uid !== undefined && owner.uid !== uid) {
    throw new Error(`The data directory ${data} belongs to the user ${owner.uid}, and this process runs as ${uid}`)
  }
  const major = Number((await readFile(join(data, 'PG_VERSION'), 'utf8')).trim())
  if (major !== program.major) {
    throw new Error(
      `The data directory ${data} was made by PostgreSQL ${major} and cannot be read by PostgreSQL ${program.major}: ` +
        `dump it with version ${major}, or choose another directory`,
    )
  }
  const password = await findPassword(directory)
  if (!password)
    throw new Error(`The data directory ${data} exists and its password file ${passwordFile(directory)} does not`)
  return password
}

async function createCluster(program: Program, directory: string, data: string, durable: boolean): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith('data-new-')) await rm(join(directory, name), { recursive: true, force: true })
  }
  const draft = join(directory, `data-new-${randomUUID()}`)
  // Only Linux has C.UTF-8 everywhere; with the plain C locale the encoding and the ICU collation are the same.
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'
  try {
    await runProgram(program, program.initdb, [
      ...['-D', draft, '-U', 'tiaodu', '-E', 'UTF8', `--locale=${locale}`],
      ...['--locale-provider=icu', '--icu-locale=zh-Hans-CN', '--auth=scram-sha-256'],
      ...[`--pwfile=${passwordFile(directory)}`, '--no-instructions', ...(durable ? [] : ['--no-sync'])],
    ])
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
  await rename(draft, data)
}
