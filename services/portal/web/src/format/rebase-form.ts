import { isSame } from './is-same.ts'

/**
 * What somebody has typed, put upon what somebody else has saved in between: fields that were not touched take the
 * saved value, fields that were touched keep what was typed. Those that both have changed are named.
 */
export function rebaseForm<F extends object>(typed: F, before: F, saved: F): { form: F; conflicts: (keyof F)[] } {
  const fields = Object.keys(saved) as (keyof F)[]
  const touched = fields.filter((field) => !isSame(typed[field], before[field]))
  const form = { ...saved, ...Object.fromEntries(touched.map((field) => [field, typed[field]])) }
  const conflicts = touched.filter(
    (field) => !isSame(before[field], saved[field]) && !isSame(typed[field], saved[field]),
  )
  return { form, conflicts }
}
