import { STAGES, type Stage } from '@tiaodu/types'
import { amount, type Check, toFinding } from './check.ts'

const NOT_STARTED: readonly Stage[] = ['planning', 'reserve', 'signed', 'preliminary']

/** Money completed in a month before the month of the actual start, or while nothing has started. */
export const checkStart: Check = ({ completedYuan }, { period, stage, actualStartOn }) => {
  if (completedYuan === null || completedYuan === 0) return undefined
  const isBefore = actualStartOn === null ? NOT_STARTED.includes(stage) : period < actualStartOn.slice(0, period.length)
  if (!isBefore) return undefined
  const done = amount(completedYuan)
  return toFinding(
    'before-start',
    { completedYuan, actualStartOn, stage },
    actualStartOn === null
      ? {
          zh: `项目处于${STAGES[stage]}阶段、尚无实际开工日期，本月却完成投资 ${done.zh}`,
          en: `${done.en} completed while the project is at ${stage} and has no actual start`,
        }
      : {
          zh: `实际开工日期为 ${actualStartOn}，${period} 却完成投资 ${done.zh}`,
          en: `${done.en} completed in ${period}, before the actual start on ${actualStartOn}`,
        },
  )
}
