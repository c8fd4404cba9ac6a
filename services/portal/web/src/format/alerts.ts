import type { Alert } from '@tiaodu/types'
import { t } from '../i18n/index.ts'

/** What an alert is about: the report of a month, or a step of the push plan. */
export const toSubject = ({ period, stepName }: Pick<Alert, 'period' | 'stepName'>): string =>
  period === null ? t('stepOf', { step: stepName ?? '' }) : t('reportOf', { period })
