import { refuse } from '@tiaodu/types'
import type { FastifyRequest } from 'fastify'

const KEY = /^[\x21-\x7e]{8,200}$/

/** The caller's own key of a request that may be sent twice. @throws validation-failed */
export function requireIdempotencyKey(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key === 'string' && KEY.test(key)) return key
  throw refuse('validation-failed', 'Idempotency-Key', {
    zh: '请自拟一个 8 至 200 个可见 ASCII 字符的键',
    en: 'Send a key of your own, 8 to 200 visible ASCII characters',
  })
}
