import type { Reach } from '@tiaodu/service'
import { type Actor, type BodyOf, type Delivery, ProblemError, type ResponseOf, type routes } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { DB } from '../generated/tables.ts'
import { insertTest, replayDeliveries } from '../repositories/deliveries.repository.ts'
import { getEndpoint } from './manage-endpoints.ts'
import { getDelivery } from './read-deliveries.ts'

async function assertActive(db: Kysely<DB>, id: string, reach: Reach): Promise<void> {
  const { state } = await getEndpoint(db, id, reach)
  if (state === 'disabled') throw new ProblemError('endpoint-disabled')
}

/** Queues a test of an endpoint within reach. @throws not-found, endpoint-disabled */
export async function testEndpoint(
  db: Kysely<DB>,
  id: string,
  { actor, reach }: { actor: Actor; reach: Reach },
): Promise<ResponseOf<typeof routes.testEndpoint>> {
  await assertActive(db, id, reach)
  const deliveryId = uuidv7()
  await insertTest(db, deliveryId, id, `${actor.name} 发起的测试`)
  return { deliveryId }
}

/** Tries again what an endpoint was not sent since an instant. @throws not-found, endpoint-disabled */
export async function replayEndpoint(
  db: Kysely<DB>,
  id: string,
  { since }: BodyOf<typeof routes.replayEndpoint>,
  reach: Reach,
): Promise<ResponseOf<typeof routes.replayEndpoint>> {
  await assertActive(db, id, reach)
  return { replayed: await replayDeliveries(db, { endpointId: id, since }) }
}

/** Tries a delivery again that was given up. @throws not-found, delivery-not-given-up, endpoint-disabled */
export async function replayDelivery(db: Kysely<DB>, id: string, reach: Reach): Promise<Delivery> {
  const { endpointId } = await getDelivery(db, id, reach)
  if (endpointId !== null) await assertActive(db, endpointId, reach)
  if ((await replayDeliveries(db, { id })) === 0) throw new ProblemError('delivery-not-given-up')
  return getDelivery(db, id, reach)
}
