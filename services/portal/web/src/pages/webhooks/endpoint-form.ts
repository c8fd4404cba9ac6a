import type { BodyOf, Endpoint, EndpointKind, GatewayRequest, PublishedEvent, routes } from '@tiaodu/types'

/** As ENDPOINT_KINDS of @tiaodu/types, which the page does not load for a few words. */
export const KINDS = ['webhook', 'wecom', 'dingtalk', 'feishu', 'sms'] as const satisfies readonly EndpointKind[]
export const isRobot = (kind: EndpointKind): boolean => kind === 'wecom' || kind === 'dingtalk' || kind === 'feishu'
export const isSigned = (kind: EndpointKind): boolean => kind === 'dingtalk' || kind === 'feishu'

/** What is typed of an endpoint. What is kept sealed is not read back: '' leaves it as it is. */
export const toForm = (endpoint: Endpoint | undefined, regionCode: string) => ({
  kind: (endpoint?.kind ?? 'webhook') as EndpointKind,
  name: endpoint?.name ?? '',
  url: '',
  regionCode: endpoint?.regionCode ?? regionCode,
  unitId: '',
  secret: '',
  eventTypes: [...(endpoint?.eventTypes ?? [])] as PublishedEvent[],
  isPrivateAllowed: endpoint?.isPrivateAllowed ?? false,
  method: 'POST' as GatewayRequest['method'],
  headers: '',
  body: '',
  success: '',
  testMobile: '',
})
export type EndpointForm = ReturnType<typeof toForm>

/** One header a line: `Name: value`. */
const toHeaders = (lines: string) =>
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...value] = line.split(':')
      return { name: name.trim(), value: value.join(':').trim() }
    })

function toRequest({ method, headers, body, success, testMobile }: EndpointForm): GatewayRequest {
  const orNull = (text: string) => text.trim() || null
  return { method, headers: toHeaders(headers), body, success: orNull(success), testMobile: orNull(testMobile) }
}
const saysRequest = ({ headers, body, success, testMobile }: EndpointForm) =>
  [headers, body, success, testMobile].some((text) => text.trim() !== '')

/** What is said of a new endpoint, or of one that is there, beside its name and address: only what its kind has. */
const toOwn = (form: EndpointForm, isNew: boolean) => ({
  ...(form.kind === 'webhook' ? { eventTypes: form.eventTypes } : {}),
  ...(isSigned(form.kind) && form.secret.trim() !== '' ? { secret: form.secret.trim() } : {}),
  ...(form.kind === 'sms' && (isNew || saysRequest(form)) ? { request: toRequest(form) } : {}),
  isPrivateAllowed: form.isPrivateAllowed,
  name: form.name.trim(),
})

export const toNew = (form: EndpointForm): BodyOf<typeof routes.createEndpoint> => ({
  ...toOwn(form, true),
  kind: form.kind,
  url: form.url.trim(),
  regionCode: form.regionCode,
  ...(isRobot(form.kind) ? { unitId: form.unitId === '' ? null : form.unitId } : {}),
})

export const toPatch = (form: EndpointForm): BodyOf<typeof routes.updateEndpoint> => ({
  ...toOwn(form, false),
  ...(form.url.trim() === '' ? {} : { url: form.url.trim() }),
})
