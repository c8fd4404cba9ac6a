import { randomBytes, randomInt } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'

const BYTES = 16
const IDS_PER_DRAW = 256
const SEQUENCE = 2 ** 31

/** Ids for very many rows, in their order: chance is drawn for many at a time, which costs a tenth. */
export function createIds(): () => string {
  let sequence = randomInt(SEQUENCE)
  let drawn = Buffer.alloc(0)
  let at = 0
  return () => {
    if (at >= drawn.length) {
      drawn = randomBytes(BYTES * IDS_PER_DRAW)
      at = 0
    }
    const random = drawn.subarray(at, at + BYTES)
    at += BYTES
    sequence = (sequence + 1) % 2 ** 32
    return uuidv7({ random, seq: sequence })
  }
}
