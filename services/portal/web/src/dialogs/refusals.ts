import { ClientProblem } from '@tiaodu/client'
import { reactive } from 'vue'
import { messageOf } from '../api.ts'
import { t } from '../i18n/index.ts'

/** What the service has refused: by field where the form has it, the rest in one sentence. */
export function useRefusals(fieldsOfForm: readonly string[]) {
  const refusals = reactive({
    byField: {} as Record<string, string>,
    /** By whole path, `fundingPlan.1.yuan`: for forms that have a place for each. */
    byPath: {} as Record<string, string>,
    general: '',
    /** Somebody else saved in between. */
    isOvertaken: false,
  })
  return {
    refusals,
    clear() {
      refusals.byField = {}
      refusals.byPath = {}
      refusals.general = ''
      refusals.isOvertaken = false
    },
    take(error: unknown) {
      const fields = error instanceof ClientProblem ? error.fields : []
      // `evidence.0.reference` is told at `evidence`.
      const byField = fields.map(({ field, reason }) => [field.split('.')[0] ?? field, reason] as const)
      refusals.byField = Object.fromEntries(byField)
      refusals.byPath = Object.fromEntries(fields.map(({ field, reason }) => [field, reason]))
      const others = byField.filter(([field]) => !fieldsOfForm.includes(field)).map(([, reason]) => reason)
      refusals.isOvertaken = error instanceof ClientProblem && error.code === 'version-mismatch'
      refusals.general = refusals.isOvertaken ? t('overtaken') : [messageOf(error), ...others].join('：')
    },
  }
}

interface Refused {
  readonly byField: Readonly<Record<string, string>>
  readonly byPath: Readonly<Record<string, string>>
}

/** What was refused of a list, each with the name of the entry that it is about. */
export function tellEach({ byField, byPath }: Refused, field: string, names: readonly string[]): string {
  const told = names.flatMap((name, at) => {
    const reason = byPath[`${field}.${at}`]
    return reason === undefined ? [] : [`${name}：${reason}`]
  })
  return told.length > 0 ? told.join('；') : (byField[field] ?? '')
}
