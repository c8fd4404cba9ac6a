import { randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The file in which a server's password is kept, readable by its owner alone. */
export function passwordFile(directory: string): string {
  return join(directory, 'password')
}

export async function findPassword(directory: string): Promise<string | undefined> {
  const text = await readFile(passwordFile(directory), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.trim() || undefined
}

/** Reads the password of `directory`, or draws one. Synced to disk first, since a cluster without its password is lost. */
export async function keepPassword(directory: string): Promise<string> {
  const known = await findPassword(directory)
  if (known) return known
  const password = randomBytes(24).toString('hex')
  const file = await open(passwordFile(directory), 'w', 0o600)
  try {
    await file.chmod(0o600)
    await file.writeFile(`${password}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return password
}
