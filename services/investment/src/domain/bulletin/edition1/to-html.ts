import type { Annex, Block, BulletinDocument } from './document.ts'
import { STYLE } from './style.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)

const cells = (tag: 'th' | 'td', row: readonly string[]) => {
  const opening = tag === 'th' ? '<th scope="col">' : '<td>'
  return `<tr>${row.map((cell) => `${opening}${escaped(cell)}</${tag}>`).join('')}</tr>`
}

function blockToHtml(block: Block): string {
  if (block.kind === 'heading') return `<h2>${escaped(block.text)}</h2>`
  if (block.kind === 'subheading') return `<h3>${escaped(block.text)}</h3>`
  if (block.kind === 'paragraph') return `<p>${escaped(block.text)}</p>`
  const { caption, columns, rows } = block
  const body = rows.map((row) => cells('td', row)).join('\n')
  return `<table>\n<caption>${escaped(caption)}</caption>\n<thead>${cells('th', columns)}</thead>\n<tbody>\n${body}\n</tbody>\n</table>`
}

const annexToHtml = ({ title, blocks }: Annex, at: number) =>
  `<section class="annex">\n<p class="annex-number">附件${at + 1}</p>\n<h2>${escaped(title)}</h2>\n${blocks.map(blockToHtml).join('\n')}\n</section>`

/** One file that stands by itself and prints on A4. */
export function toHtml(document: BulletinDocument): string {
  const { masthead, number, organ, issuedOn, title, notes, blocks, annexes, foot } = document
  const annexList = annexes.map((annex, at) => `<p>附件${at + 1}：${escaped(annex.title)}</p>`)
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<article class="gongwen">
<p class="masthead">${escaped(masthead)}</p>
<p class="number">${escaped(number)}</p>
<div class="issue"><span>${escaped(organ)}</span><span>${escaped(issuedOn)}</span></div>
<hr class="rule">
${notes.map((note) => `<p class="note">${escaped(note)}</p>\n`).join('')}<h1>${escaped(title)}</h1>
${[...blocks.map(blockToHtml), ...annexList, ...annexes.map(annexToHtml)].join('\n')}
<div class="foot">
${foot.map((line) => `<p>${escaped(line)}</p>`).join('\n')}
</div>
</article>
</body>
</html>
`
}
