const WAN = 10_000

/** Yuan as what somebody types in 万元; nothing loses its last yuan. */
export function toWanInput(yuan: number | null): string {
  if (yuan === null) return ''
  const fraction = String(yuan % WAN)
    .padStart(4, '0')
    .replace(/0+$/, '')
  return `${Math.floor(yuan / WAN)}${fraction === '' ? '' : `.${fraction}`}`
}

/** What somebody typed in 万元 as whole yuan: null when empty, undefined when it is no such amount. */
export function fromWanInput(text: string): number | null | undefined {
  const typed = text.replaceAll(/[,，\s]/g, '')
  if (typed === '') return null
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d{1,4}))?$/.exec(typed) ?? []
  return whole === undefined ? undefined : Number(whole) * WAN + Number(fraction.padEnd(4, '0'))
}

/** The same for a month that may be below zero, as after a correction. */
export const toSignedWanInput = (yuan: number | null): string =>
  yuan !== null && yuan < 0 ? `-${toWanInput(-yuan)}` : toWanInput(yuan)
export function fromSignedWanInput(text: string): number | null | undefined {
  const [, sign = '', amount = ''] = /^\s*([-−]?)(.*)$/.exec(text) ?? []
  const yuan = fromWanInput(amount)
  return yuan && sign !== '' ? -yuan : yuan
}
