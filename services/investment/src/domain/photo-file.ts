import type { PhotoType } from '@tiaodu/types'

const startsWith = (bytes: Uint8Array, at: number, ...expected: number[]): boolean =>
  expected.every((byte, index) => bytes[at + index] === byte)
const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

/** What a file is by its first bytes, whatever it is said to be; undefined when it is no photo. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | undefined {
  if (startsWith(bytes, 0, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (startsWith(bytes, 0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') return 'image/webp'
  return undefined
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)
const EXIF = 'Exif\0\0'
const withoutHead = (part: Uint8Array) => (textAt(part, 0, EXIF.length) === EXIF ? part.subarray(EXIF.length) : part)

// Segments FF xx, length (with itself) and content, until the image itself begins at FF DA.
function exifOfJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const view = viewOf(bytes)
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda; ) {
    const length = view.getUint16(at + 2)
    const content = bytes.subarray(at + 4, at + 2 + length)
    if (bytes[at + 1] === 0xe1 && textAt(content, 0, EXIF.length) === EXIF) return withoutHead(content)
    at += 2 + Math.max(length, 2)
  }
  return undefined
}

/** Chunks of a name and a length in either order. */
interface Chunks {
  readonly name: string
  readonly first: number
  readonly nameAt: number
  readonly lengthAt: number
  readonly isLittle: boolean
  /** How far the next chunk begins after the content. */
  gapAfter(length: number): number
}
const PNG: Chunks = { name: 'eXIf', first: 8, nameAt: 4, lengthAt: 0, isLittle: false, gapAfter: () => 4 }
const WEBP: Chunks = {
  name: 'EXIF',
  first: 12,
  nameAt: 0,
  lengthAt: 4,
  isLittle: true,
  gapAfter: (length) => length % 2,
}

function exifOfChunks(bytes: Uint8Array, chunks: Chunks): Uint8Array | undefined {
  const view = viewOf(bytes)
  for (let at = chunks.first; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + chunks.lengthAt, chunks.isLittle)
    if (textAt(bytes, at + chunks.nameAt, 4) === chunks.name)
      return withoutHead(bytes.subarray(at + 8, at + 8 + length))
    at += 8 + length + chunks.gapAfter(length)
  }
  return undefined
}

/** What a camera wrote into a photo (EXIF), as a TIFF block; undefined when it wrote nothing. */
export function exifOf(bytes: Uint8Array): Uint8Array | undefined {
  const type = photoTypeOf(bytes)
  if (type === 'image/jpeg') return exifOfJpeg(bytes)
  return type === undefined ? undefined : exifOfChunks(bytes, type === 'image/png' ? PNG : WEBP)
}
