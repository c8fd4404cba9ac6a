/** A part of the text; what a table or a paragraph says is plain text. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'subheading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly string[]
      readonly rows: readonly (readonly string[])[]
    }

/** 附件, each on a page of its own. */
export interface Annex {
  readonly title: string
  readonly blocks: readonly Block[]
}

/** A bulletin as a document, before it is known in which format. */
export interface BulletinDocument {
  readonly masthead: string
  readonly number: string
  readonly organ: string
  readonly issuedOn: string
  readonly title: string
  /** What it is not meant to be taken for: a draft, or simulated figures. */
  readonly notes: readonly string[]
  readonly blocks: readonly Block[]
  readonly annexes: readonly Annex[]
  readonly foot: readonly string[]
}

export const heading = (text: string): Block => ({ kind: 'heading', text })
export const subheading = (text: string): Block => ({ kind: 'subheading', text })
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

/** A table, or a sentence in its place when it would be empty. */
export const table = (
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  ifEmpty = '无。',
): Block => (rows.length === 0 ? paragraph(`${caption}：${ifEmpty}`) : { kind: 'table', caption, columns, rows })
