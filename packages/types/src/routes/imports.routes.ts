import Type, { type Static } from 'typebox'
import { defineRoute } from '../contract.ts'
import { Closed, Instant, Line, Nullable, OneOf, PageOf, pageQuery, Uuid } from '../primitives.ts'

/** What an import can be: 排队 queued, 处理中 running, 已载入 loaded (or checked, in a dry run), 有问题 refused, 失败 failed. */
export const ImportState = OneOf(['queued', 'running', 'loaded', 'refused', 'failed'])
export type ImportState = Static<typeof ImportState>

const Count = Type.Integer({ minimum: 0 })

/** One cell that is not as required; `row` counts from 1 with the header, as a spreadsheet shows it. */
export const CellProblem = Closed({ row: Count, column: Type.String(), value: Type.String(), reason: Type.String() })
export type CellProblem = Static<typeof CellProblem>

/** A row whose name is nearly that of another project: pointed out, never merged. */
export const NearDuplicate = Closed({ row: Count, name: Type.String(), similarTo: Type.String() })
export type NearDuplicate = Static<typeof NearDuplicate>

/** The media type of an XLSX workbook. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The one sheet (工作表) of a workbook that was read. */
export const SheetRead = Closed({
  name: Type.String({ description: '工作表名称: the first visible sheet with a header' }),
  headerRow: Type.Integer({ minimum: 1, description: 'The last row of the header (表头), as the spreadsheet counts' }),
  otherSheets: Type.Array(Type.String(), { description: 'Other sheets with something in them; they were not read' }),
})
export type SheetRead = Static<typeof SheetRead>

/** A file that was handed in, how far it has got and what came of it. */
export const ProjectImport = Closed({
  id: Uuid,
  state: ImportState,
  isDryRun: Type.Boolean({ description: 'Checked and counted; nothing is loaded' }),
  fileName: Type.String(),
  checkedRows: Type.Integer({ minimum: 0, description: 'Rows looked at so far' }),
  created: Count,
  updated: Count,
  unchanged: Count,
  problemCount: Count,
  problems: Type.Array(CellProblem, { description: 'The first 1,000 problems; one is enough and nothing is loaded' }),
  nearDuplicates: Type.Array(NearDuplicate, { description: 'The first 200' }),
  ignoredColumns: Type.Array(Type.String(), { description: 'Columns of the file that say nothing to us' }),
  sheet: Nullable(SheetRead),
  failure: Nullable(Type.String({ description: 'Why the file could not be read' })),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
})
export type ProjectImport = Static<typeof ProjectImport>

const {
  problems: _problems,
  nearDuplicates: _near,
  ignoredColumns: _ignored,
  ...summaryFields
} = ProjectImport.properties

/** An import as a list shows it. */
export const ImportSummary = Closed({
  ...summaryFields,
  actorName: Type.String({ description: 'Who handed it in' }),
})
export type ImportSummary = Static<typeof ImportSummary>

const MIB = 1024 * 1024

export const createImport = defineRoute({
  operationId: 'createImport',
  method: 'POST',
  url: '/api/v1/projects/imports',
  service: 'projects',
  summary: 'Hand in a list of projects (Idempotency-Key: a key of your own); it is loaded whole or not at all',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['idempotency-key-reused'],
  file: { types: ['text/csv', 'application/x-ndjson', XLSX_TYPE], maxBytes: 64 * MIB },
  schema: {
    querystring: Closed({
      dryRun: Type.Optional(Type.Boolean({ description: 'Check and count only' })),
      fileName: Type.Optional(Line(200, 'Stands in the history as the reason of each change')),
    }),
    response: { 202: ProjectImport },
  },
})

export const getProjectTemplate = defineRoute({
  operationId: 'getProjectTemplate',
  method: 'GET',
  url: '/api/v1/project-template',
  service: 'projects',
  summary: 'An empty XLSX list to fill in and import: headers with their units, drop-downs for closed lists',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: [],
  download: { types: [XLSX_TYPE] },
  schema: { response: { 200: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) } },
})

export const listImports = defineRoute({
  operationId: 'listImports',
  method: 'GET',
  url: '/api/v1/projects/imports',
  service: 'projects',
  summary: 'Imports, newest first; the problems of one are read by its id',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: [],
  schema: { querystring: Closed(pageQuery), response: { 200: PageOf(ImportSummary) } },
})

export const getImport = defineRoute({
  operationId: 'getImport',
  method: 'GET',
  url: '/api/v1/projects/imports/:id',
  service: 'projects',
  summary: 'How far an import has got, and every problem by cell',
  permission: { roles: ['operator', 'service'], scope: 'none' },
  errors: ['not-found'],
  schema: { params: Closed({ id: Uuid }), response: { 200: ProjectImport } },
})
