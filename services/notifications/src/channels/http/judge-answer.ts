import { DeliveryFailure } from '../../domain/delivery.ts'
import { AddressRefused } from './address-guard.ts'
import { type Answer, type OutgoingRequest, sendRequest } from './send-request.ts'

const GONE = 410
const MOST_PAUSE_SECONDS = 86_400

const toText = ({ status, text, isCut }: Answer): string =>
  `HTTP ${status}${text.trim() === '' ? '' : ` ${text.trim()}`}${isCut ? '（答复过长，已截断）' : ''}`

function secondsOf(retryAfter: string | undefined): number {
  if (retryAfter === undefined) return 0
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : (Date.parse(retryAfter) - Date.now()) / 1_000
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), MOST_PAUSE_SECONDS) : 0
}

/** Sends a request and reads what its answer means for a delivery. @throws DeliveryFailure when it was not taken */
export async function deliverByHttp(request: OutgoingRequest): Promise<{ text: string; answer: string }> {
  let answer: Answer
  try {
    answer = await sendRequest(request)
  } catch (error) {
    if (error instanceof AddressRefused) throw new DeliveryFailure(error.message, 'never')
    const { message = '', code = '' } = error as NodeJS.ErrnoException
    throw new DeliveryFailure(message || code || String(error))
  }
  const { status, location, retryAfter, text } = answer
  if (status >= 200 && status < 300) return { text, answer: toText(answer) }
  if (status >= 300 && status < 400)
    throw new DeliveryFailure(`HTTP ${status} 转向 ${location ?? '未知地址'}，不跟随转向`)
  throw new DeliveryFailure(toText(answer), status === GONE ? 'gone' : 'later', secondsOf(retryAfter))
}
