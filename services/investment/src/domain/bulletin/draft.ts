import { type BulletinEntry, type BulletinHead, monthOf, yearOf } from '@tiaodu/types'

/** 标题 as it is worded when nobody words it otherwise. */
export const toTitle = (period: string): string =>
  `关于${yearOf(period)}年${monthOf(period) === 1 ? '1' : `1—${monthOf(period)}`}月重点项目建设进展情况的通报`

const BLANK: BulletinEntry = {
  masthead: '重点项目建设情况通报',
  organ: '重点项目建设领导小组办公室',
  reportTo: null,
  sendTo: null,
  editor: null,
  reviewer: null,
  issuer: null,
  nextSteps: '',
  title: null,
}

/** What a draft begins with: what the bulletin before said above and below its text, never its words of that month. */
export const firstDraft = (previous: BulletinHead | undefined): BulletinEntry =>
  previous === undefined
    ? BLANK
    : {
        ...BLANK,
        masthead: previous.masthead,
        organ: previous.organ,
        reportTo: previous.reportTo,
        sendTo: previous.sendTo,
        editor: previous.editor,
        reviewer: previous.reviewer,
        issuer: previous.issuer,
      }

const NEEDED = ['editor', 'reviewer', 'issuer', 'nextSteps'] as const

/** The fields without which a bulletin cannot be issued. */
export const listMissing = (entry: BulletinEntry): string[] =>
  NEEDED.filter((field) => (entry[field] ?? '').trim() === '')
