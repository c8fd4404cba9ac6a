import { type Client, createClient } from '@tiaodu/client'
import { createTokens, serviceActor } from '@tiaodu/service'
import type { Actor, Person, Unit } from '@tiaodu/types'
import type { System } from '../local/system.ts'

const DAY_SECONDS = 86_400

/** Clients that call the running system through its front door, each as somebody. */
export interface Callers {
  as(actor: Actor): Promise<Client>
  asService(): Promise<Client>
}

/** Signs with the system's own key, as its sign-in does; every call goes through the portal. */
export function createCallers(system: System): Callers {
  const tokens = createTokens(system.options.tokenSecret)
  const as = async (actor: Actor) =>
    createClient({ baseUrl: system.url, token: await tokens.sign(actor, { seconds: DAY_SECONDS }) })
  return { as, asService: () => as(serviceActor('sample')) }
}

/** A person as the actor that signing in would make. */
export const toActor = (person: Person, unit: Unit): Actor => ({
  personId: person.id,
  name: person.name,
  role: person.role,
  unitId: person.unitId,
  regionCode: unit.regionCode,
})
