import { exifOf } from './photo-file.ts'

const [EXIF_DIRECTORY, TAKEN_AT] = [0x8769, 0x9003]
const ENTRY_BYTES = 12
// A camera writes a few dozen; what claims more is not read further.
const MAX_ENTRIES = 200
const LITTLE = 0x4949
const BIG = 0x4d4d

/** What stands after a tag's own twelve bytes: where its value begins; undefined when the directory has no such tag. */
function valueAt(view: DataView, directoryAt: number, tag: number, isLittle: boolean): number | undefined {
  const count = Math.min(view.getUint16(directoryAt, isLittle), MAX_ENTRIES)
  for (let entry = 0; entry < count; entry++) {
    const at = directoryAt + 2 + entry * ENTRY_BYTES
    if (view.getUint16(at, isLittle) === tag) return view.getUint32(at + 8, isLittle)
  }
  return undefined
}

function takenText(block: Uint8Array): string | undefined {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const order = view.getUint16(0)
  if (order !== LITTLE && order !== BIG) return undefined
  const isLittle = order === LITTLE
  const exifAt = valueAt(view, view.getUint32(4, isLittle), EXIF_DIRECTORY, isLittle)
  const textAt = exifAt === undefined ? undefined : valueAt(view, exifAt, TAKEN_AT, isLittle)
  return textAt === undefined ? undefined : String.fromCharCode(...block.subarray(textAt, textAt + 10))
}

const isDay = (day: string): boolean => {
  const instant = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day)
}

/** The day on which a photo was taken as the camera's clock told (EXIF DateTimeOriginal); undefined when it is not told. */
export function dayTakenIn(bytes: Uint8Array): string | undefined {
  const block = exifOf(bytes)
  if (block === undefined) return undefined
  try {
    const [, year, month, day] = /^(\d{4}):(\d\d):(\d\d)$/.exec(takenText(block) ?? '') ?? []
    const found = `${year}-${month}-${day}`
    return isDay(found) ? found : undefined
  } catch (error) {
    // A block that points beyond its end tells nothing.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
