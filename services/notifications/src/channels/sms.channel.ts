import { type Channel, DeliveryFailure } from '../domain/delivery.ts'
import { deliverByHttp } from './http/judge-answer.ts'

const MOST_CHARACTERS = 70

type Values = Readonly<Record<'mobile' | 'text' | 'id', string>>

const fill = (template: string, values: Values, toSafe: (value: string) => string): string =>
  template.replace(/\{\{(mobile|text|id)\}\}/g, (_match, name: keyof Values) => toSafe(values[name]))

const escapeJson = (value: string): string => JSON.stringify(value).slice(1, -1)
const escapeXml = (value: string): string => value.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A template filled in as its media type wants it: nothing that is filled in can end the text it stands in. */
function fillBody(template: string, contentType: string, values: Values): string {
  if (/json/i.test(contentType)) return fill(template, values, escapeJson)
  if (/x-www-form-urlencoded/i.test(contentType)) return fill(template, values, encodeURIComponent)
  return fill(template, values, /xml/i.test(contentType) ? escapeXml : (value) => value)
}

function cut(text: string): string {
  const characters = [...text]
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}…`
}

/**
 * Text messages through any gateway that speaks HTTP: address, headers and body are templates of the operator with
 * {{mobile}}, {{text}} and {{id}}, the id being the same when a message is sent again.
 */
export const smsChannel: Channel = {
  ...{ atOnce: 2, claim: 2 },
  async send({ id, message }, endpoint) {
    const request = endpoint?.settings.request
    if (endpoint === null || request === undefined) throw new Error('A text message without a gateway')
    const mobile = message === null ? request.testMobile : message.mobile
    if (mobile === null) throw new DeliveryFailure('没有手机号码', 'never')
    const values = { mobile, id, text: message === null ? '调度系统测试短信' : cut(message.title) }
    const headers = Object.fromEntries(
      request.headers.map(({ name, value }) => [name.toLowerCase(), fill(value, values, encodeURIComponent)]),
    )
    const { text, answer } = await deliverByHttp({
      url: fill(endpoint.settings.url, values, encodeURIComponent),
      method: request.method,
      headers,
      body: request.body === null ? '' : fillBody(request.body, headers['content-type'] ?? '', values),
      isPrivateAllowed: endpoint.isPrivateAllowed,
    })
    if (request.success !== null && !text.includes(request.success)) throw new DeliveryFailure(answer)
    return answer
  },
}
