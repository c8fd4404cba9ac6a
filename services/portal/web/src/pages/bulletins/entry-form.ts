import type { BulletinEntry } from '@tiaodu/types'

/** What is written for a bulletin, in the order of the form. */
export const FIELDS = [
  'masthead',
  'organ',
  'title',
  'reportTo',
  'sendTo',
  'editor',
  'reviewer',
  'issuer',
  'nextSteps',
] as const satisfies readonly (keyof BulletinEntry)[]

type Form = Record<(typeof FIELDS)[number], string>

/** The entry as text fields have it. */
export const toForm = (entry: BulletinEntry | undefined): Form =>
  Object.fromEntries(FIELDS.map((field) => [field, entry?.[field] ?? ''])) as Form

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** The entry as it is sent: what was left empty is not known yet. */
export const toEntry = (form: Form): BulletinEntry => ({
  masthead: form.masthead.trim(),
  organ: form.organ.trim(),
  title: orNull(form.title),
  reportTo: orNull(form.reportTo),
  sendTo: orNull(form.sendTo),
  editor: orNull(form.editor),
  reviewer: orNull(form.reviewer),
  issuer: orNull(form.issuer),
  nextSteps: form.nextSteps,
})
