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
