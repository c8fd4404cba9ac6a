import type { BulletinContent, BulletinIssue } from '@tiaodu/types'
import { compose } from './edition1/compose.ts'
import { toHtml } from './edition1/to-html.ts'
import { toMarkdown } from './edition1/to-markdown.ts'

/** How a bulletin reads as a file. */
export type DocumentFormat = 'html' | 'markdown'

type Whole = Pick<BulletinContent, 'region'> & { readonly issue: BulletinIssue }
type Edition = (content: Whole, isDraft: boolean) => Record<DocumentFormat, string>

// What was issued by an edition has to come out of it to the byte for ever: another wording or layout is another edition.
const EDITIONS: Readonly<Record<number, Edition>> = {
  1: (content, isDraft) => {
    const document = compose(content, isDraft)
    return { html: toHtml(document), markdown: toMarkdown(document) }
  },
}

/** The edition by which bulletins are issued now. */
export const CURRENT_EDITION = 1

/** Both files of a bulletin by an edition; undefined when it was issued before there were documents. */
export function render(
  { issue, region }: BulletinContent,
  edition: number,
  isDraft = false,
): Record<DocumentFormat, string> | undefined {
  return issue === undefined ? undefined : EDITIONS[edition]?.({ region, issue }, isDraft)
}
