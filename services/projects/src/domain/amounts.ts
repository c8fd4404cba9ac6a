import { MAX_YUAN } from '@tiaodu/types'

const DECIMAL = /^(\d{1,9})(?:\.(\d{1,8}))?$/
const YI_DIGITS = 8

/** 亿元 as text ("20.5") in whole yuan; undefined when it is not a plain positive decimal of at most 8 places. */
export function toYuanFromYi(text: string): number | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  const yuan = Number(whole + fraction.padEnd(YI_DIGITS, '0'))
  return yuan > 0 && yuan <= MAX_YUAN ? yuan : undefined
}
