import { createHash } from 'node:crypto'
import type { Seal } from '@tiaodu/types'
import type { Kysely, Transaction } from 'kysely'
import type { DB } from '../generated/tables.ts'
import { lockTerm } from '../repositories/assessment-entries.repository.ts'
import { findSeal, insertSeal, type StoredSeal, toSealView } from '../repositories/assessment-seals.repository.ts'
import type { AssessAct } from './assess.ts'
import { foldMarked } from './require-folded.ts'

/** What an assessment says before it is known whether it is published. */
type Unsealed<Answer> = Omit<Answer, 'seal'>

const toAnswer = <Answer extends { readonly seal: Seal }>(seal: StoredSeal): Answer =>
  ({ ...(JSON.parse(seal.content) as Unsealed<Answer>), seal: toSealView(seal) }) as Answer

/** What was published of a term, else what is read now: all of it at one instant, after folding what is marked. */
export async function readTerm<Answer extends { readonly seal: Seal }>(
  db: Kysely<DB>,
  term: string,
  now: Date,
  read: (trx: Transaction<DB>) => Promise<Unsealed<Answer>>,
): Promise<Answer> {
  await foldMarked(db, now)
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const seal = await findSeal(trx, term)
      return seal === undefined ? ({ ...(await read(trx)), seal: null } as Answer) : toAnswer<Answer>(seal)
    })
}

/** Publishes a term: freezes all that is read now, with its hash. What is out already is answered as it is. @throws what `read` does */
export async function publishTerm<Answer extends { readonly seal: Seal }>(
  db: Kysely<DB>,
  term: string,
  { now, actorId: publishedBy, actorName: publishedByName }: AssessAct,
  read: (trx: Transaction<DB>) => Promise<Unsealed<Answer>>,
): Promise<{ answer: Answer; isNew: boolean }> {
  await foldMarked(db, now)
  return await db.transaction().execute(async (trx) => {
    await lockTerm(trx, term)
    const published = await findSeal(trx, term)
    if (published !== undefined) return { answer: toAnswer<Answer>(published), isNew: false }
    const content = JSON.stringify(await read(trx))
    const sha256 = createHash('sha256').update(content).digest('hex')
    const seal = { term, content, sha256, publishedAt: now, publishedBy, publishedByName }
    await insertSeal(trx, seal)
    return { answer: toAnswer<Answer>(seal), isNew: true }
  })
}
