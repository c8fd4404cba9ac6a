import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { type ReadMail, readMail } from './read-mail.ts'

/** The messages kept in `directory` before, oldest first. */
export async function loadMails(directory: string): Promise<ReadMail[]> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const names = (await readdir(directory)).filter((name) => name.endsWith('.eml'))
  const mails: ReadMail[] = []
  for (const name of names) mails.push(await readMail(await readFile(join(directory, name))))
  return mails.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
}

/** Writes a message so that it is either there in full or not at all. A Message-ID may hold any character, so its hash is the name. */
export async function saveMail(directory: string, messageId: string, stamped: Buffer): Promise<void> {
  const path = join(directory, `${createHash('sha256').update(messageId).digest('hex')}.eml`)
  const file = await open(`${path}.part`, 'w', 0o600)
  try {
    await file.writeFile(stamped)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.part`, path)
}
