const MIB = 1024 * 1024

/** The largest workbook that is looked at. */
export const MAX_FILE_BYTES = 10 * MIB
/** What all of its parts may hold together, counted while they are inflated. */
export const MAX_INFLATED_BYTES = 50 * MIB
export const MAX_ENTRIES = 1_000
/** A short text may stand in a million cells: what the cells say together. */
export const MAX_TEXT_LENGTH = 64 * MIB
/** A wrong cell counts as so much text: a merge over all cells of a small file is hundreds of millions of them. */
export const NOTE_LENGTH = 100
/** What a spreadsheet itself allows. */
export const MAX_CELL_LENGTH = 32_767
export const MAX_ROW = 1_048_576
export const MAX_COLUMN = 16_383
/** Columns past these have no header to us. */
export const MAX_COLUMNS = 512
/** How many rows with something in them may stand above the end of the header. */
export const MAX_TITLE_ROWS = 50
export const MAX_MERGES = 10_000
export const MAX_SHEETS = 200
