import { DeliveryFailure } from '../../domain/delivery.ts'

/** How a provider says in its answer what became of a message; the HTTP status is 200 either way. */
export interface AnswerCodes {
  /** The names under which the code stands; the first that is there counts. */
  readonly names: readonly string[]
  /** Too many messages. */
  readonly busy: readonly number[]
  /** How long it takes no message then. */
  readonly busySeconds: number
  /** There is no such robot, or its secret, keyword or address list is not met: somebody must change it. */
  readonly final: readonly number[]
}

function codeOf(text: string, names: readonly string[]): number | undefined {
  try {
    const said: Record<string, unknown> = Object(JSON.parse(text))
    return names.map((name) => said[name]).find((value) => typeof value === 'number')
  } catch {
    return undefined
  }
}

/** @throws DeliveryFailure unless the provider's code is 0; an answer without a code is no yes */
export function assertTaken(text: string, { names, busy, busySeconds, final }: AnswerCodes): void {
  const code = codeOf(text, names)
  if (code === 0) return
  const said = text.trim() === '' ? '空答复' : text
  if (code !== undefined && busy.includes(code)) throw new DeliveryFailure(said, 'later', busySeconds)
  throw new DeliveryFailure(said, code !== undefined && final.includes(code) ? 'never' : 'later')
}
