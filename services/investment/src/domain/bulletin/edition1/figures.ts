// Written out by hand: what a runtime's locale data says today it may say otherwise in ten years.
const HUNDREDTHS = 100
const YUAN_PER_WAN = 10_000
const YUAN_PER_HUNDREDTH_YI = 1_000_000

const rounded = (yuan: number, per: number) => Math.sign(yuan) * Math.round(Math.abs(yuan) / per)

const toDecimals = (hundredths: number): string => {
  const size = Math.abs(hundredths)
  const sign = hundredths < 0 ? '-' : ''
  return `${sign}${Math.floor(size / HUNDREDTHS)}.${String(size % HUNDREDTHS).padStart(2, '0')}`
}

/** 亿元, as prose has it. */
export const inYi = (yuan: number): string => `${toDecimals(rounded(yuan, YUAN_PER_HUNDREDTH_YI))}亿元`

/** 万元, as tables have it, without the unit. */
export const inWan = (yuan: number): string => {
  const wan = rounded(yuan, YUAN_PER_WAN)
  return String(wan === 0 ? 0 : wan)
}

const hundredthsOf = (value: number) => Math.round(value * HUNDREDTHS)

/** A percentage with two decimals; — when there is nothing to divide by. */
export const inPercent = (percent: number | null): string =>
  percent === null ? '—' : `${toDecimals(hundredthsOf(percent))}%`

/** 快于/慢于时间进度. */
export const inPoints = (points: number | null): string => {
  if (points === null) return '尚无时间进度可比'
  if (points === 0) return '与时间进度持平'
  return `${points > 0 ? '快于' : '慢于'}时间进度${toDecimals(Math.abs(hundredthsOf(points)))}个百分点`
}

/** 2026年12月11日. */
export const inDay = (on: string): string => {
  const [year, month, day] = on.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** A day, or that there is none. */
export const inDayOrNone = (on: string | null): string => (on === null ? '—' : inDay(on))

/** 1—11月; one month is told alone. */
export const inMonths = (period: string): string => {
  const month = Number(period.slice(5))
  return month === 1 ? '1月' : `1—${month}月`
}
