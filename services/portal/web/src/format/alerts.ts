import type { Alert } from '@tiaodu/types'
import { t } from '../i18n/index.ts'

/** What an alert is about: the report of a month, or what its label says. */
export const toSubject = ({ period, label }: Pick<Alert, 'period' | 'label'>): string =>
  label ?? t('reportOf', { period: period ?? '' })
