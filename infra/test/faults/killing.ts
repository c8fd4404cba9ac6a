import { setTimeout as sleep } from 'node:timers/promises'
import { waitFor } from '@tiaodu/testing'
import { fractionOf } from '../../demo/figures.ts'
import type { System } from '../../local/system.ts'
import type { Store } from './stores.ts'

interface Victim {
  readonly name: string
  isUp(): Promise<boolean>
  kill(): Promise<void>
}

export interface Killer {
  /** Kills so many, one after the other, each after it was up for a random while. */
  disturb(times: number): Promise<void>
  /** How often each was killed. */
  readonly killed: Readonly<Record<string, number>>
}

const MOST_PAUSE_MS = 1_500
const UP_MS = 180_000

const toVictim = ({ part, pid }: System['parts'][number]): Victim => ({
  name: part.name,
  isUp: async () => (await fetch(`http://127.0.0.1:${part.port}/healthz`).catch(() => undefined))?.ok === true,
  async kill() {
    const its = pid()
    if (its !== undefined) process.kill(its, 'SIGKILL')
  },
})

/** Kills workers and stores with SIGKILL, every one as often as the others, in an order and at moments that the seed decides. */
export function createKiller(system: System, stores: readonly Store[], seed: string): Killer {
  let drawn = 0
  const chance = () => fractionOf(`${seed} ${drawn++}`)
  const workers = system.parts.filter(({ part }) => part.isWorker).map(toVictim)
  const victims = [...workers, ...stores.map(({ name, kill }): Victim => ({ name, kill, isUp: async () => true }))]
  const killed: Record<string, number> = {}
  let round: Victim[] = []
  const next = () => {
    if (round.length === 0) round = [...victims]
    return round.splice(Math.floor(chance() * round.length), 1)[0] as Victim
  }
  return {
    killed,
    async disturb(times) {
      for (let n = 0; n < times; n++) {
        const victim = next()
        await waitFor(`${victim.name} to be up`, victim.isUp, UP_MS)
        await sleep(chance() * MOST_PAUSE_MS)
        await victim.kill()
        killed[victim.name] = (killed[victim.name] ?? 0) + 1
      }
    },
  }
}
