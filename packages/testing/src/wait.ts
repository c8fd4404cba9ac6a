import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is not undefined or false; throws after `ms` with the name of what did not come. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined | false>, ms = 20_000): Promise<T> {
  const end = Date.now() + ms
  while (Date.now() < end) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    await sleep(50)
  }
  throw new Error(`Waited ${ms} ms in vain for: ${what}`)
}
