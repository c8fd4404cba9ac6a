import { MESSAGE_KINDS } from '@tiaodu/types'
import type { OutgoingMessage } from '../../domain/delivery.ts'

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

const GRAVE = '#b42318'
const CALM = '#175cd3'
const isGrave = ({ kind }: OutgoingMessage) => kind === 'overdue' || kind === 'alert' || kind === 'stepSlipped'

const ITEM = '· '

/** Lines as they belong together: those of a list, and each of the others by itself. */
function toBlocks(body: string): { readonly isList: boolean; readonly lines: string[] }[] {
  const blocks: { isList: boolean; lines: string[] }[] = []
  for (const line of body.split('\n')) {
    const isList = line.startsWith(ITEM)
    const last = blocks.at(-1)
    if (isList && last?.isList) last.lines.push(line.slice(ITEM.length))
    else blocks.push({ isList, lines: [isList ? line.slice(ITEM.length) : line] })
  }
  return blocks
}

const bodyHtml = (body: string): string =>
  toBlocks(body)
    .map(({ isList, lines }) =>
      isList
        ? `<ul style="margin:4px 0 12px;padding-left:20px">${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
        : `<p style="margin:8px 0">${lines.map(escapeHtml).join('')}</p>`,
    )
    .join('\n')

const HOW = '接收方式可在“通知设置”中调整；职责所需的通知不能关闭。'
const NO_REPLY = '本邮件由系统自动发送，请勿直接回复。'

const inboxOf = (portalUrl: string) => new URL('inbox', portalUrl.endsWith('/') ? portalUrl : `${portalUrl}/`).href

function toText({ title, body, why }: OutgoingMessage, portalUrl: string | undefined): string {
  const link = portalUrl === undefined ? [] : [`查看详情：${inboxOf(portalUrl)}`]
  return [title, '', body, '', '--', `${why}，因此收到本邮件。`, ...link, HOW, NO_REPLY].join('\n')
}

function toHtml(message: OutgoingMessage, portalUrl: string | undefined): string {
  const { kind, title, body, why } = message
  const colour = isGrave(message) ? GRAVE : CALM
  const link =
    portalUrl === undefined
      ? ''
      : `<p style="margin:16px 0"><a href="${escapeHtml(inboxOf(portalUrl))}" style="color:${CALM}">查看详情</a></p>`
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:16px;font-family:sans-serif;line-height:1.7;color:#1d2939">
<div style="max-width:640px;border-top:3px solid ${colour};padding-top:12px">
<p style="margin:0;color:${colour};font-size:13px">${MESSAGE_KINDS[kind]}</p>
<h1 style="margin:4px 0 12px;font-size:18px">${escapeHtml(title)}</h1>
${bodyHtml(body)}
${link}
<p style="margin:16px 0 0;padding-top:8px;border-top:1px solid #eaecf0;color:#667085;font-size:12px">${escapeHtml(why)}，因此收到本邮件。<br>${HOW}<br>${NO_REPLY}</p>
</div></body></html>`
}

/** A message as a mail: the same words as text and as HTML, with a link to the inbox when the address of the portal is known. */
export const toLetter = (message: OutgoingMessage, portalUrl: string | undefined) => ({
  subject: message.title,
  text: toText(message, portalUrl),
  html: toHtml(message, portalUrl),
})
