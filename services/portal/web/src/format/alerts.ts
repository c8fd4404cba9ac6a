import type { Alert, AlertKind } from '@tiaodu/types'
import { t } from '../i18n/index.ts'

/** As ALERT_KINDS of @tiaodu/types, which the page does not load for six words. */
export const KINDS = [
  'report-overdue',
  'start-missed',
  'behind-schedule',
  'difficulty-overdue',
  'step-slipped',
  'funds-gap',
] as const satisfies readonly AlertKind[]

/** What an alert is about: the report of a month, or what its label says. */
export const toSubject = ({ period, label }: Pick<Alert, 'period' | 'label'>): string =>
  label ?? t('reportOf', { period: period ?? '' })
