import type { BulletinVerification } from '@tiaodu/types'
import type { Kysely } from 'kysely'
import { type DocumentFormat, render } from '../domain/bulletin/render.ts'
import type { DB } from '../generated/tables.ts'
import { contentOf, hasBulletinOf, type StoredBulletin } from '../repositories/bulletins.repository.ts'
import { requireBulletin } from './get-bulletin.ts'
import { hashOf } from './publish-bulletin.ts'

type Part = BulletinVerification['parts'][number]

const compare = (part: Part['part'], publishedSha256: string, rebuilt: string): Part => {
  const rebuiltSha256 = hashOf(rebuilt)
  return { part, publishedSha256, rebuiltSha256, isSame: rebuiltSha256 === publishedSha256 }
}

function rebuildDocuments(bulletin: StoredBulletin): Part[] {
  const published: Record<DocumentFormat, string | null> = {
    html: bulletin.htmlSha256,
    markdown: bulletin.markdownSha256,
  }
  const documents = render(contentOf(bulletin), bulletin.edition)
  return (['html', 'markdown'] as const).flatMap((format) => {
    const sha256 = published[format]
    return sha256 === null ? [] : [compare(format, sha256, documents?.[format] ?? '')]
  })
}

/** Makes a bulletin again from what was frozen, and holds its hashes against those of its day. @throws not-found */
export async function verifyBulletin(db: Kysely<DB>, period: string): Promise<BulletinVerification> {
  const bulletin = await requireBulletin(db, period)
  // Parsed and written again: what is kept has to be the canonical text, not only some text of that hash.
  const content = contentOf(bulletin)
  const parts = [compare('content', bulletin.sha256, JSON.stringify(content)), ...rebuildDocuments(bulletin)]
  const previous = content.issue?.head.previousSha256 ?? null
  const isChainIntact = previous === null || (await hasBulletinOf(db, previous))
  return {
    period,
    edition: bulletin.edition,
    parts,
    isChainIntact,
    isSame: isChainIntact && parts.every(({ isSame }) => isSame),
  }
}
