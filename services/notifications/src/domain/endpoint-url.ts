import type { EndpointKind } from '@tiaodu/types'

/** What of an address may be shown: its query often holds a key, and the path of a robot's does too. */
export const toShownUrl = ({ origin, pathname }: URL, kind: EndpointKind): string =>
  kind === 'webhook' ? `${origin}${pathname}` : `${origin}/…`

/** An address that can be sent to: http or https, without a user and without a fragment. */
export function toEndpointUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isSound = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' && url.hash === ''
  return isSound ? url : undefined
}

/** The address as it is sent to; that of a gateway is a template, kept as it was entered. */
export const toSentUrl = ({ href }: URL, entered: string, kind: EndpointKind): string =>
  kind === 'sms' ? entered.trim() : href
