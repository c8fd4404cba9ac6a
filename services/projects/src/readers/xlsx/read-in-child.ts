import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { UnreadableFile } from '../unreadable-file.ts'
import { readList } from './read-list.ts'

// A process of its own, started by xlsx.reader.ts: the file comes in on standard input, what it says goes out by lines.
const BATCH = 200

async function write(lines: string[]): Promise<void> {
  if (lines.length > 0 && !process.stdout.write(lines.splice(0).join(''))) await once(process.stdout, 'drain')
}

const pieces: Uint8Array[] = []
for await (const piece of process.stdin) pieces.push(piece)
const lines: string[] = []
const tell = (told: unknown) => lines.push(`${JSON.stringify(told)}\n`)
try {
  for await (const told of readList(Buffer.concat(pieces))) if (tell(told) === BATCH) await write(lines)
  tell({ isWhole: true })
} catch (error) {
  if (!(error instanceof UnreadableFile)) throw error
  tell({ unreadable: error.reason })
}
await write(lines)
