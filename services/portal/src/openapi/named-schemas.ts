import {
  Actor,
  Alert,
  AnnualPlan,
  AnnualTarget,
  Attention,
  Bulletin,
  BulletinClasses,
  BulletinContent,
  BulletinDraft,
  BulletinEntry,
  BulletinSlice,
  CloudEvent,
  Cycle,
  Delivery,
  Difficulty,
  DifficultyAnalysis,
  Endpoint,
  EvaluatedIndicator,
  FieldError,
  FundsRow,
  FundsSummary,
  ImportSummary,
  InboxItem,
  IndicatorAssessment,
  IndicatorChange,
  IndicatorEvaluation,
  IndicatorImport,
  IndicatorYear,
  LightExemption,
  LightReason,
  NewIndicatorYear,
  NewProject,
  Obligation,
  Person,
  PlanIndicator,
  PlanStep,
  PlanTarget,
  Problem,
  ProgrammeMember,
  Project,
  ProjectImport,
  ProjectPatch,
  Ranking,
  RankingFormula,
  RankingRow,
  Report,
  ReportComputed,
  ReportEntry,
  ReportRow,
  ReturnReason,
  ReviewLevel,
  Session,
  SheetRead,
  Summary,
  SummaryRow,
  Unit,
} from '@tiaodu/types'

/** The entities that the document names once and refers to everywhere. */
const entities = {
  Actor,
  Alert,
  AnnualPlan,
  AnnualTarget,
  Attention,
  Bulletin,
  BulletinClasses,
  BulletinContent,
  BulletinDraft,
  BulletinEntry,
  BulletinSlice,
  CloudEvent,
  Cycle,
  Delivery,
  Difficulty,
  DifficultyAnalysis,
  Endpoint,
  EvaluatedIndicator,
  FieldError,
  FundsRow,
  FundsSummary,
  ImportSummary,
  InboxItem,
  IndicatorAssessment,
  IndicatorChange,
  IndicatorEvaluation,
  IndicatorImport,
  IndicatorYear,
  LightExemption,
  LightReason,
  NewIndicatorYear,
  NewProject,
  Obligation,
  Person,
  PlanIndicator,
  PlanStep,
  PlanTarget,
  Problem,
  ProgrammeMember,
  Project,
  ProjectImport,
  ProjectPatch,
  Ranking,
  RankingFormula,
  RankingRow,
  Report,
  ReportComputed,
  ReportEntry,
  ReportRow,
  ReturnReason,
  ReviewLevel,
  Session,
  SheetRead,
  Summary,
  SummaryRow,
  Unit,
}

// Plain JSON: what TypeBox keeps beside the schema is not for the document.
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export const namedSchemas: Record<string, unknown> = plain(entities)

// Compared without regard to the order of keys.
const textOf = (node: unknown): string =>
  JSON.stringify(node, (_key, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

function refer(node: unknown, namesByText: ReadonlyMap<string, string>, isDefinition = false): unknown {
  if (node === null || typeof node !== 'object') return node
  if (Array.isArray(node)) return node.map((item) => refer(item, namesByText))
  const name = isDefinition ? undefined : namesByText.get(textOf(node))
  if (name !== undefined) return { $ref: `#/components/schemas/${name}` }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, refer(value, namesByText)]))
}

/** The document with every entity as a reference to its one definition. */
export function nameSchemas(document: object): object {
  const { components, ...rest } = plain(document) as { components: { schemas: Record<string, unknown> } }
  const schemas = Object.entries(components.schemas)
  const names = new Map(schemas.map(([name, schema]) => [textOf(schema), name]))
  const referred = schemas.map(([name, schema]) => [name, refer(schema, names, true)])
  return { ...(refer(rest, names) as object), components: { ...components, schemas: Object.fromEntries(referred) } }
}
