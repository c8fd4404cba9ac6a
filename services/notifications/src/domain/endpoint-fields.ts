import { type EndpointKind, GROUP_CHANNELS, refuse } from '@tiaodu/types'

/** What may be said of an endpoint beside its address. */
export interface EndpointFields {
  readonly unitId?: string | null | undefined
  readonly secret?: string | undefined
  readonly eventTypes?: readonly string[] | undefined
}

const SIGNED: readonly EndpointKind[] = ['dingtalk', 'feishu']

/** Each kind of endpoint has fields of its own. @throws validation-failed naming the field that is not for this kind */
export function assertFits(kind: EndpointKind, { unitId, secret, eventTypes }: EndpointFields): void {
  const unfit = (field: string, zh: string, en: string) => refuse('validation-failed', field, { zh, en })
  if (unitId != null && !Object.hasOwn(GROUP_CHANNELS, kind))
    throw unfit('unitId', '只有群机器人属于单位', 'Only a robot is of a unit')
  if (secret !== undefined && !SIGNED.includes(kind))
    throw unfit('secret', '该推送方式没有加签密钥', 'This kind is not signed with a secret of the other side')
  if (eventTypes !== undefined && eventTypes.length > 0 && kind !== 'webhook')
    throw unfit('eventTypes', '群机器人接收通知，不接收业务事件', 'A robot is told messages, not business events')
}
