import { type EndpointKind, type GatewayRequest, GROUP_CHANNELS, refuse } from '@tiaodu/types'

/** What may be said of an endpoint beside its address. */
export interface EndpointFields {
  readonly unitId?: string | null | undefined
  readonly secret?: string | undefined
  readonly eventTypes?: readonly string[] | undefined
  readonly request?: GatewayRequest | undefined
}

// What says where a request ends and to whom it goes is not for a template.
const OURS = ['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'expect']
const SIGNED: readonly EndpointKind[] = ['dingtalk', 'feishu']

/** Each kind of endpoint has fields of its own. @throws validation-failed naming the field that is not for this kind */
export function assertFits(kind: EndpointKind, { unitId, secret, eventTypes, request }: EndpointFields): void {
  const unfit = (field: string, zh: string, en: string) => refuse('validation-failed', field, { zh, en })
  if (unitId != null && !Object.hasOwn(GROUP_CHANNELS, kind))
    throw unfit('unitId', '只有群机器人属于单位', 'Only a robot is of a unit')
  if (secret !== undefined && !SIGNED.includes(kind))
    throw unfit('secret', '该推送方式没有加签密钥', 'This kind is not signed with a secret of the other side')
  if (eventTypes !== undefined && eventTypes.length > 0 && kind !== 'webhook')
    throw unfit('eventTypes', '只有事件推送接收业务事件', 'Only a webhook is told business events')
  if (request !== undefined && kind !== 'sms')
    throw unfit('request', '只有短信网关有请求模板', 'Only a gateway has a template of its request')
  const own = request?.headers.findIndex(({ name }) => OURS.includes(name.toLowerCase())) ?? -1
  if (own !== -1) throw unfit(`request.headers.${own}.name`, '该 HTTP 头由系统填写', 'This header is set by the system')
}
