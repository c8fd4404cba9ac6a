import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import ExcelJS from 'exceljs'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

const SAMPLE = resolve(import.meta.dirname, '../sample')
const HEADER = ['项目名称', '区划代码', '所属区域', '类别', '阶段', '总投资(万元)', '计划开工时间']

/** Chooses a file by a click, as people do: it waits until the dialog stands still. */
async function choose(page: Page, label: string, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByLabel(label).click()
  await (await chooser).setFiles(file)
  await page.getByRole('button', { name: '试运行' }).click()
}

async function importsWorkbooks(t: Test, page: Page, directory: string): Promise<void> {
  const hand = async (name: string, rows: readonly ExcelJS.CellValue[][]) => {
    const file = join(directory, name)
    const book = new ExcelJS.Workbook()
    book.addWorksheet('一览').addRows([['2026年重点项目'], HEADER, ...rows])
    book.addWorksheet('说明').addRow(['填表说明'])
    writeFileSync(file, Buffer.from(await book.xlsx.writeBuffer()))
    await choose(page, '选择文件', file)
  }
  const good = ['表格水库', '410802', '解放区', '水利', '在建', 100, new Date(Date.UTC(2026, 2, 1))]
  await goTo(page, '项目库')
  await page.getByRole('button', { name: '导入清单' }).click()
  const [template] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载清单模板' }).click(),
  ])
  t.equal(await template.failure(), null, 'the template comes as a file')
  t.equal(template.suggestedFilename(), '重点项目清单模板.xlsx')
  await hand('清单.xlsx', [good, ['公式水库', '410802', '解放区', '水利', '在建', { formula: 'F3*2', result: 200 }]])
  await page.getByText('有 1 处问题').first().waitFor()
  await page.getByRole('cell', { name: '是公式，请粘贴为数值后再导入' }).waitFor()
  await page.getByText('读取的工作表：一览（表头在第 2 行） · 未读取的工作表：说明').waitFor()
  await hand('清单（已改）.xlsx', [good])
  await page.getByText('检查通过').waitFor()
  await page.getByRole('button', { name: '载入', exact: true }).click()
  await page.getByText('已载入').waitFor()
  await page.getByText('以前的导入').click()
  const earlier = page.locator('details')
  await earlier.getByRole('cell', { name: '清单（已改）.xlsx' }).first().waitFor()
  await earlier.getByRole('button', { name: '查看 清单.xlsx', exact: true }).click()
  await earlier.getByRole('cell', { name: '是公式，请粘贴为数值后再导入' }).waitFor()
  await page.keyboard.press('Escape')
  t.pass('a workbook is checked, then loaded; earlier imports can be looked up with their problems')
}

async function loadsIndicators(t: Test, page: Page, directory: string): Promise<void> {
  await goTo(page, '规划指标')
  await page.getByText('共 30 个指标').waitFor()
  await page.getByRole('button', { name: '导入指标' }).click()
  const bad = join(directory, '指标.csv')
  writeFileSync(
    bad,
    '区划代码,所属区域,规划名称,类别,指标,单位,2020年基期值,2025年目标值,属性\n4108,解放区,纲要,民生,床位,张,150,200,随意\n',
  )
  await choose(page, '选择 CSV 文件', bad)
  await page.getByText('有 2 处问题').waitFor()
  await assertAccessible(t, page, 'the import of indicators')
  await page.getByRole('cell', { name: '应为六位数字' }).waitFor()
  t.ok(await page.getByRole('button', { name: '载入', exact: true }).isDisabled(), 'what has problems cannot be loaded')
  writeFileSync(
    bad,
    '区划代码,所属区域,规划名称,类别,指标,单位,2020年基期值,2025年目标值,属性\n410802,解放区,纲要,民生,床位,张,150,200,约束性\n',
  )
  await choose(page, '选择 CSV 文件', bad)
  await page.getByText('检查通过，可以载入：1 行有变化').waitFor()
  await page.getByRole('button', { name: '载入', exact: true }).click()
  await page.getByText('已载入：1 行有变化').waitFor()
  await choose(page, '选择 CSV 文件', join(SAMPLE, 'plan_indicators.csv'))
  await page.getByText('检查通过，可以载入：0 行有变化，30 行不变').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('共 31 个指标').waitFor()
}

async function loadsTargets(t: Test, page: Page, directory: string): Promise<void> {
  const targets = page.getByRole('table', { name: '年度目标与完成' })
  await targets.getByRole('row', { name: '2025 三十工程 年度投资 目标（不低于） 150 亿元' }).waitFor()
  await page.getByRole('button', { name: '导入年度目标' }).click()
  await choose(page, '选择 CSV 文件', join(SAMPLE, 'annual_targets.csv'))
  await page.getByText('检查通过，可以载入：0 行有变化，14 行不变').waitFor()
  const file = join(directory, '年度目标.csv')
  writeFileSync(file, '年度,范围,指标,数值,单位,性质\n2025,三十工程,annual_investment,160,亿元,target_min\n')
  await choose(page, '选择 CSV 文件', file)
  await page.getByText('检查通过，可以载入：1 行有变化').waitFor()
  await page.getByRole('button', { name: '载入', exact: true }).click()
  await page.getByText('已载入：1 行有变化').waitFor()
  await page.keyboard.press('Escape')
  await targets.getByRole('row', { name: '2025 三十工程 年度投资 目标（不低于） 160 亿元' }).waitFor()
  t.pass('the yearly targets of programmes are loaded and shown')
}

/** What somebody sees who may not change it. */
async function reads(t: Test, browser: Browser, url: string, { username, password }: Account): Promise<void> {
  const page = await signIn(browser, url, username, password)
  await goTo(page, '规划指标')
  await page.getByText('共 31 个指标').waitFor()
  t.equal(await page.getByRole('button', { name: /导入|填写/ }).count(), 0, 'a reader is offered nothing to change')
  await page.goto(`${url}/indicators?regionCode=659001`)
  await page.getByText('没有规划指标').waitFor()
  await page.goto(`${url}/indicators?regionCode=65`)
  await page.getByRole('button', { name: '重试' }).waitFor()
  await page.goto(`${url}/indicators?source=纲要&year=2023`)
  await page.getByText('2021 年实际 160，不落后于进度 160').waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Mid-term evaluation 2023').waitFor()
  await page.getByText('160 in 2021 keeps to the path (160)').waitFor()
  t.pass('nothing to show and a wrong question are told, reasons in the language of the page')
}

async function entersYears(t: Test, page: Page): Promise<void> {
  await page.getByLabel('规划', { exact: true }).selectOption('纲要')
  await page.getByLabel('评估年度').selectOption('2023')
  await page.getByText('2023 年中期评估').waitFor()
  const enter = async (year: number, actual: string, reason = '') => {
    await page.getByRole('button', { name: `床位 填写 ${year} 年` }).click()
    await page.getByLabel('实际值（张）').fill(actual)
    if (reason !== '') await page.getByLabel('原因').fill(reason)
    await page.getByRole('button', { name: '保存' }).click()
  }
  await enter(2021, '很多')
  await page.getByText('请填写数字').waitFor()
  await assertAccessible(t, page, 'the dialog of a year')
  await page.getByLabel('实际值（张）').fill('158')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('2021 年实际 158，落后于进度 160').waitFor()
  await enter(2021, '160')
  await page.getByText('修改已填数据须写明原因').waitFor()
  await page.getByLabel('原因').fill('统计公报修订')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('2021 年实际 160，不落后于进度 160').waitFor()
  await page.getByRole('button', { name: '床位', exact: true }).click()
  await page.getByText('原因：统计公报修订').waitFor()
  await assertAccessible(t, page, 'the history of an indicator')
  await page.keyboard.press('Escape')
  await page.getByLabel('规划', { exact: true }).selectOption('')
  await page.locator('tbody tr').nth(20).waitFor()
  await page.setViewportSize({ width: 1280, height: 900 })
  await assertAccessible(t, page, 'the page of the indicators')
  t.pass('a result moves the status, a correction needs its reason and stays in the history')
}

interface Account {
  readonly username: string
  readonly password: string
}

/** Workbooks and plan indicators as the operator of a city and a reader use them, on the whole running system. */
export async function useIndicators(
  t: Test,
  browser: Browser,
  { url, operator, reader, directory }: { url: string; operator: Account; reader: Account; directory: string },
): Promise<void> {
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await importsWorkbooks(t, page, directory)
  await loadsIndicators(t, page, directory)
  await loadsTargets(t, page, directory)
  await entersYears(t, page)
  await reads(t, browser, url, reader)
  t.same(faults, [])
}
