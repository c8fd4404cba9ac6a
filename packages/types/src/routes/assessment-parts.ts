import Type, { type Static } from 'typebox'
import { Closed, Instant, Line, Nullable, Percent, RegionCode, Uuid } from '../primitives.ts'

/** A mark that somebody gives: 0 to 100 with two decimals. */
export const Mark = Type.Number({ minimum: 0, maximum: 100, description: '评分, 0 to 100 with at most two decimals' })

/** What somebody entered by hand, as its newest version says. */
export const AssessmentEntry = Closed({
  term: Type.String({ description: 'The year, half (2026-H1) or quarter (2026-Q3) that it is about' }),
  subject: Type.String({ description: 'Region code or project id' }),
  topic: Type.String({ description: 'Who judged, or the key of the component; "" for a comment' }),
  version: Type.Integer({ description: 'Send it back as If-Match' }),
  mark: Nullable(Mark),
  text: Type.String({ description: 'The comment, or why the mark is what it is' }),
  at: Instant,
  actorId: Nullable(Uuid),
  actorName: Type.String(),
  isSimulated: Type.Boolean({ description: '演示数据' }),
})
export type AssessmentEntry = Static<typeof AssessmentEntry>

/** A mark of one of the times that a mean is made of, with where it is read. */
export const AssessedTerm = Closed({
  term: Type.String({ description: 'Month, quarter or half' }),
  numerator: Nullable(Type.Integer()),
  denominator: Nullable(Type.Integer()),
  mark: Percent,
  href: Type.String({ description: 'Where it is told what makes it' }),
})
export type AssessedTerm = Static<typeof AssessedTerm>

/** Once it is published it stays as it was. */
export const Seal = Nullable(
  Closed(
    {
      publishedAt: Instant,
      publishedBy: Nullable(Uuid),
      publishedByName: Type.String(),
      sha256: Type.String({ description: 'Of the content as it was published' }),
    },
    { description: 'null until it is published' },
  ),
)
export type Seal = Static<typeof Seal>

/** Who is assessed, among whom. */
export const assessedHead = {
  key: RegionCode,
  name: Type.String(),
  rank: Nullable(Type.Integer({ description: 'Within the peer group; null without a mark. Ties share it' })),
}

/** Rows within their peer groups. */
export const groupsOf = <T extends Type.TSchema>(row: T) =>
  Type.Array(
    Closed({
      peerGroup: Nullable(Type.String({ description: 'null: those that stand in no group' })),
      rows: Type.Array(row, { description: 'By rank; those without a mark come last' }),
    }),
  )

/** Why a mark is what it is. */
export const REASON = Line(500, '依据或原因')
export const isSimulated = Type.Boolean({ description: '演示数据: some figure behind it was simulated' })
/** Who marks, comments and publishes. */
export const ASSESSORS = ['supervisor', 'operator'] as const
