import type { importsZh } from './imports.zh.ts'

export const importsEn: Record<keyof typeof importsZh, string> = {
  chooseFile: 'Choose a file (XLSX, or CSV in UTF-8 or GB 18030)',
  importTemplate: 'Download an empty list (XLSX)',
  importSheet: 'Sheet that was read: {name} (header in row {row})',
  importOtherSheets: 'Sheets that were not read: {names}',
  earlierImports: 'Earlier imports',
  noImports: 'No list was imported yet',
  importFile: 'File',
  importedBy: 'By',
  importedAt: 'At',
  importState: 'Outcome',
  importDryRun: ' (dry run)',
  importState_queued: 'Waiting',
  importState_running: 'Working',
  importState_loaded: 'Loaded',
  importState_checked: 'Checked',
  importState_refused: 'Problems; not loaded',
  importState_failed: 'Could not be read',
  importShow: 'Show',
}
