import type { BulletinFiling, BulletinIssue } from '@tiaodu/types'
import { type Block, heading, paragraph, table } from './document.ts'
import { inDay, inPercent } from './figures.ts'

/** 五、困难和问题. */
export function composeDifficulties({ difficulties }: Pick<BulletinIssue, 'difficulties'>): Block[] {
  const { total, byCategory, byLevel, oldest, asOn } = difficulties
  const parts = (groups: readonly { name: string; openAtEnd: number }[]) =>
    groups
      .filter(({ openAtEnd }) => openAtEnd > 0)
      .map(({ name, openAtEnd }) => `${name}${openAtEnd}项`)
      .join('、')
  const split = total.openAtEnd === 0 ? '' : `未解决的按类别分：${parts(byCategory)}；按协调层级分：${parts(byLevel)}。`
  return [
    heading('五、困难和问题'),
    paragraph(
      `月初未解决${total.openAtStart}项，本月新增${total.raised}项、退回${total.reopened}项、解决${total.solved}项，` +
        `截至${inDay(asOn)}未解决${total.openAtEnd}项，其中超期${total.overdueAtEnd}项。${split}`,
    ),
    table(
      '未解决时间较长的困难和问题',
      ['项目名称', '困难和问题', '协调责任单位', '解决期限', '已历天数'],
      oldest.map((one) => [
        one.projectName,
        one.description,
        one.unitInChargeName ?? '—',
        inDay(one.dueOn),
        String(one.ageDays),
      ]),
    ),
  ]
}

/** 六、报送质量. */
export function composeFiling({ filing }: { readonly filing: BulletinFiling }): Block[] {
  const { expected, onTime, late, missing, onTimePercent, filedPercent, returned } = filing
  return [
    heading('六、报送质量'),
    paragraph(
      `本月应报${expected}份，按时${onTime}份，逾期${late}份，未报${missing}份，报送率${inPercent(filedPercent)}，` +
        `及时率${inPercent(onTimePercent)}；审核退回${returned}次。`,
    ),
    table(
      '逾期单位',
      ['责任单位', '应报', '按时', '逾期', '未报', '未报项目'],
      filing.units.map((unit) => [
        unit.unitName,
        String(unit.expected),
        String(unit.onTime),
        String(unit.late),
        String(unit.missing),
        unit.missingProjects.join('、') || '—',
      ]),
    ),
  ]
}

/** 七、下步工作, in the words of who wrote it. */
export const composeNextSteps = ({ head }: Pick<BulletinIssue, 'head'>): Block[] => [
  heading('七、下步工作'),
  ...head.nextSteps
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(paragraph),
]
