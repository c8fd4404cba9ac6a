import Type, { type Static } from 'typebox'
import { Closed } from './primitives.ts'
import type { Words } from './words.ts'

/** One registry of every error the API can answer with: code, HTTP status, title in Chinese and English. */
export const ERRORS = {
  'malformed-request': { status: 400, zh: '请求无法解析', en: 'The request cannot be read' },
  'validation-failed': { status: 400, zh: '有字段不合要求', en: 'Some fields are not as required' },
  'not-signed-in': { status: 401, zh: '请先登录', en: 'Please sign in' },
  'token-expired': { status: 401, zh: '接口令牌已到期', en: 'The API token has expired' },
  'token-revoked': { status: 401, zh: '接口令牌已被撤销', en: 'The API token was revoked' },
  'wrong-credentials': { status: 401, zh: '用户名或密码不正确', en: 'The user name or password is wrong' },
  'role-not-allowed': { status: 403, zh: '您的角色不能做这件事', en: 'Your role may not do this' },
  'outside-scope': { status: 403, zh: '不在您的管理范围内', en: 'Outside what you answer for' },
  'own-report': { status: 403, zh: '不能审核自己填报的报告', en: 'Nobody approves what they filed' },
  'other-review-level': {
    status: 403,
    zh: '该报告待其他级别审核',
    en: 'The report waits for another level of review',
  },
  'reviewed-before': {
    status: 403,
    zh: '同一人不能在两级审核同一份报告',
    en: 'Nobody reviews a report at two levels',
  },
  'own-request': { status: 403, zh: '不能审批自己提出的申请', en: 'Nobody decides what they asked for' },
  'not-found': { status: 404, zh: '没有找到', en: 'Not found' },
  'method-not-allowed': { status: 405, zh: '此地址不支持该方法', en: 'This address does not take that method' },
  'request-timeout': { status: 408, zh: '请求超时', en: 'The request took too long to arrive' },
  'already-exists': { status: 409, zh: '已经存在', en: 'It exists already' },
  'period-not-open': { status: 409, zh: '该月报期未开放', en: 'The reporting period is not open' },
  'period-opened': { status: 409, zh: '该月报期已启动', en: 'The cycle of this period was opened' },
  'period-locked': { status: 409, zh: '该月报期已锁定', en: 'The reporting period is locked' },
  'period-not-locked': { status: 409, zh: '该月报期尚未锁定', en: 'The reporting period is not locked' },
  'period-past-due': {
    status: 409,
    zh: '该月报期已过截止时间',
    en: 'The due instant of the reporting period has passed',
  },
  'period-not-due': { status: 409, zh: '该月报期尚未截止', en: 'The reporting period is not due yet' },
  'report-not-editable': {
    status: 409,
    zh: '已上报的报告不能修改，请审核人先退回',
    en: 'A filed report cannot be edited until it is returned',
  },
  'report-not-submitted': { status: 409, zh: '报告不在待审核状态', en: 'The report is not awaiting review' },
  'report-not-approved': { status: 409, zh: '报告尚未审核通过', en: 'The report is not approved' },
  'correction-decided': { status: 409, zh: '该更正已有结果', en: 'The correction was decided before' },
  'relief-decided': { status: 409, zh: '该申请已有结果', en: 'This was decided before' },
  'relief-forbidden': {
    status: 409,
    zh: '目前不能这样宽限',
    en: 'Nothing of the kind can be granted now',
  },
  'no-obligation': { status: 409, zh: '该项目本期无需报送', en: 'This project has nothing to report for the period' },
  'idempotency-key-reused': {
    status: 409,
    zh: '此幂等键已用于另一个请求',
    en: 'This idempotency key was used for another request',
  },
  'move-forbidden': { status: 409, zh: '项目不能这样转换阶段', en: 'The project may not move like this' },
  'entry-forbidden': {
    status: 409,
    zh: '储备库不能这样登记',
    en: 'The reserve pool does not take this entry',
  },
  'difficulty-move-forbidden': {
    status: 409,
    zh: '该困难和问题不能这样处理',
    en: 'Nothing of the kind can be done about the difficulty now',
  },
  'no-difficulty-reported': {
    status: 409,
    zh: '该期已上报的报告没有提出困难和问题',
    en: 'No filed report of this period tells of a difficulty',
  },
  'exemption-closed': { status: 409, zh: '该豁免已结束或撤销', en: 'The exemption was ended or withdrawn before' },
  'endpoint-disabled': { status: 409, zh: '该推送端点已停用', en: 'The endpoint is disabled' },
  'endpoint-has-no-secret': {
    status: 409,
    zh: '该推送端点没有我方签发的密钥',
    en: 'The endpoint has no secret of ours',
  },
  'delivery-not-given-up': {
    status: 409,
    zh: '只有已放弃的发送可以重发',
    en: 'Only a delivery that was given up is replayed',
  },
  'alert-closed': { status: 409, zh: '该预警已解除', en: 'The alert is closed' },
  'order-move-forbidden': {
    status: 409,
    zh: '督办单现在不能这样办理',
    en: 'Nothing of the kind can be done about the order now',
  },
  'limit-reached': { status: 409, zh: '数量已达上限', en: 'There are as many as there can be' },
  'cursor-expired': {
    status: 410,
    zh: '该位置之后的事件已超过保留期限，请重新同步',
    en: 'Events after this position are no longer kept; read the data anew',
  },
  'version-mismatch': {
    status: 412,
    zh: '内容已被他人更新，请刷新后再试',
    en: 'Somebody else saved in between; reload and try again',
  },
  'body-too-large': { status: 413, zh: '请求内容过大', en: 'The body is too large' },
  'uri-too-long': { status: 414, zh: '网址过长', en: 'The address is too long' },
  'unsupported-media-type': { status: 415, zh: '不支持的内容类型', en: 'That content type is not supported' },
  'report-incomplete': { status: 422, zh: '报告还缺少内容', en: 'The report is not complete' },
  'exceeds-total-investment': {
    status: 422,
    zh: '累计完成投资超过总投资',
    en: 'Completed since start exceeds the total investment',
  },
  'explanation-needed': {
    status: 422,
    zh: '有疑点须填报人说明',
    en: 'The checks found something that needs a sentence of the filer',
  },
  'cumulative-below-zero': {
    status: 422,
    zh: '累计完成投资不能小于零',
    en: 'Completed to date cannot be below zero',
  },
  'assessment-published': { status: 409, zh: '该期考评已公布', en: 'This assessment is published' },
  'assessment-incomplete': { status: 422, zh: '考评还缺少内容', en: 'The assessment is not complete' },
  'bulletin-published': { status: 409, zh: '该月通报已发布', en: 'The bulletin of this month is out' },
  'bulletin-incomplete': { status: 422, zh: '通报还缺少内容', en: 'The bulletin is not complete' },
  'passage-not-found': { status: 422, zh: '通报中没有这段原文', en: 'The bulletin does not say so' },
  'compulsory-notice': {
    status: 422,
    zh: '职责所需的通知不能关闭',
    en: 'What duty makes compulsory cannot be switched off',
  },
  'nothing-changed': { status: 422, zh: '内容没有变化', en: 'Nothing would change' },
  'photo-unreadable': { status: 422, zh: '不是可用的照片文件', en: 'The file is no photo that can be used' },
  'unknown-reference': { status: 422, zh: '引用的对象不存在', en: 'A field names something that does not exist' },
  'rows-refused': {
    status: 422,
    zh: '有的行不合要求，一行也没有写入',
    en: 'Some rows are not as required; nothing was written',
  },
  'too-many-requests': { status: 429, zh: '操作过于频繁，请稍后再试', en: 'Too many requests; try again later' },
  'internal-error': { status: 500, zh: '系统内部错误', en: 'Something went wrong inside' },
  unavailable: { status: 503, zh: '服务暂不可用', en: 'The service is not available right now' },
} as const

export type ErrorCode = keyof typeof ERRORS
export const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[]

/** One field that was refused; `field` is a path such as `fundsReceived.0.yuan`. */
export const FieldError = Closed({ field: Type.String(), reason: Type.String() })
export type FieldError = Static<typeof FieldError>

/** RFC 9457 problem document, `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'docs/errors.md#<code>' }),
    title: Type.String({ description: 'In the language of Accept-Language; Chinese when it names neither' }),
    status: Type.Integer(),
    code: Type.Unsafe<ErrorCode>(Type.String({ enum: ERROR_CODES })),
    detail: Type.Optional(Type.String()),
    instance: Type.Optional(Type.String({ description: 'The id of the request, as in the log' })),
    errors: Type.Optional(Type.Array(FieldError)),
  },
  { title: 'Problem' },
)
export type Problem = Static<typeof Problem>

/** One field that a rule refuses, before it is known who reads it. */
export interface Fault {
  readonly field: string
  readonly reason: Words
}

/** An error that becomes a problem document. Throw it anywhere below a route; `code` decides status and title. */
export class ProblemError extends Error {
  readonly code: ErrorCode
  readonly detail: Words | undefined
  readonly faults: readonly Fault[]
  constructor(code: ErrorCode, detail?: Words, faults: readonly Fault[] = []) {
    super(detail?.en ?? ERRORS[code].en)
    this.name = 'ProblemError'
    this.code = code
    this.detail = detail
    this.faults = faults
  }
}

/** A ProblemError that names one field. */
export const refuse = (code: ErrorCode, field: string, reason: Words) =>
  new ProblemError(code, reason, [{ field, reason }])
