import { amount, type Check, toFinding } from './check.ts'

// A day of the calendar goes round and round: `12 月` before `1 月` is no step back.
const DATES = /\d+(?=年|月|日|号)/g
const NUMBERS = /\d+(?:\.\d+)?/g

/** The text with full-width forms made plain and without white space. */
const normalised = (text: string) => text.normalize('NFKC').replace(/\s+/g, '')

/** Money moved, and 形象进度 says the same as last time. */
export const checkUnchanged: Check = ({ completedYuan, visualProgress }, { lastProgress }) => {
  if (completedYuan === null || completedYuan === 0 || lastProgress === null) return undefined
  const text = normalised(visualProgress)
  if (text === '' || text !== normalised(lastProgress)) return undefined
  const done = amount(completedYuan)
  return toFinding(
    'progress-unchanged',
    { completedYuan, lastProgress },
    {
      zh: `本月完成投资 ${done.zh}，形象进度却与上期完全相同`,
      en: `${done.en} completed, and the visual progress is word for word that of the last report`,
    },
  )
}

/** The same words as last time with smaller numbers in them. */
export const checkBackwards: Check = ({ visualProgress }, { lastProgress }) => {
  if (lastProgress === null) return undefined
  const [now, before] = [visualProgress, lastProgress].map((text) => normalised(text).replace(DATES, ''))
  if (now === undefined || before === undefined || now.replace(NUMBERS, '#') !== before.replace(NUMBERS, '#'))
    return undefined
  const was = (before.match(NUMBERS) ?? []).map(Number)
  const is = (now.match(NUMBERS) ?? []).map(Number)
  const at = was.findIndex((number, index) => (is[index] ?? number) < number)
  if (at === -1 || was.some((number, index) => (is[index] ?? number) > number)) return undefined
  const figures = { from: was[at] ?? null, to: is[at] ?? null }
  return toFinding('progress-backwards', figures, {
    zh: `形象进度中的数字由上期的 ${figures.from} 变为 ${figures.to}，出现倒退`,
    en: `The visual progress went from ${figures.from} to ${figures.to}`,
  })
}
