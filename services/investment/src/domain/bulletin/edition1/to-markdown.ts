import type { Block, BulletinDocument } from './document.ts'

const escaped = (text: string) => text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\n/g, ' ')
const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`

function blockToMarkdown(block: Block): string {
  if (block.kind === 'heading') return `## ${escaped(block.text)}`
  if (block.kind === 'subheading') return `### ${escaped(block.text)}`
  if (block.kind === 'paragraph') return escaped(block.text)
  const { caption, columns, rows } = block
  return [
    `**${escaped(caption)}**`,
    '',
    row(columns),
    row(columns.map(() => '---')).replaceAll('\\', ''),
    ...rows.map(row),
  ].join('\n')
}

/** The same text for who reads it in an editor or feeds it to a program. */
export function toMarkdown(document: BulletinDocument): string {
  const { masthead, number, organ, issuedOn, title, notes, blocks, annexes, foot } = document
  return `${[
    `**${escaped(masthead)}**`,
    `${escaped(number)}　${escaped(organ)}　${escaped(issuedOn)}`,
    ...notes.map((note) => `> ${escaped(note)}`),
    `# ${escaped(title)}`,
    ...blocks.map(blockToMarkdown),
    ...annexes.flatMap((annex, at) => [
      `## 附件${at + 1}　${escaped(annex.title)}`,
      ...annex.blocks.map(blockToMarkdown),
    ]),
    '---',
    ...foot.map(escaped),
  ].join('\n\n')}\n`
}
