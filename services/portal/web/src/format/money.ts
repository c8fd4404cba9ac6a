import { t } from '../i18n/index.ts'

const YI = 100_000_000
const WAN = 10_000

const group = (value: number, decimals: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })

/** Yuan as a number of 亿元 with two decimals. */
export const toYi = (yuan: number): string => group(yuan / YI, 2)

/** Yuan as a number of 万元 to the last yuan. */
export const toWan = (yuan: number | null): string =>
  yuan === null ? '—' : (yuan / WAN).toLocaleString('en-US', { maximumFractionDigits: 4 })

/** Yuan in the unit that reads best, with the unit. */
export const toMoney = (yuan: number | null): string => {
  if (yuan === null) return '—'
  if (Math.abs(yuan) >= YI) return `${toYi(yuan)} ${t('yi')}`
  const wan = yuan / WAN
  return `${group(wan, Number.isInteger(wan) ? 0 : 2)} ${t('wan')}`
}
