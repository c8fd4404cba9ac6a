import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { UnreadableFile } from '../unreadable-file.ts'
import { readList } from './read-list.ts'

// A process of its own, started by xlsx.reader.ts: the file comes in on standard input, what it says goes out by lines.
const PIECE = 65_536

let unsent = ''
async function write(): Promise<void> {
  const piece = unsent
  unsent = ''
  if (piece !== '' && !process.stdout.write(piece)) await once(process.stdout, 'drain')
}

const pieces: Uint8Array[] = []
for await (const piece of process.stdin) pieces.push(piece)
const tell = (told: unknown) => {
  unsent += `${JSON.stringify(told)}\n`
}
try {
  for await (const told of readList(Buffer.concat(pieces))) {
    tell(told)
    if (unsent.length >= PIECE) await write()
  }
  tell({ isWhole: true })
} catch (error) {
  if (!(error instanceof UnreadableFile)) throw error
  tell({ unreadable: error.reason })
}
await write()
