import { readFileSync } from 'node:fs'
import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { goTo, signIn } from './browser.ts'

const WIDTH = 1280
const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click()
const card = (page: Page, heading: string) =>
  page.locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) })
const fieldOf = (page: Page, label: string) => page.locator('.el-form-item', { has: page.getByLabel(label) }).last()

/** What another person does at the same time, with the rights of the one whose page this is. */
async function changeMeanwhile(page: Page, id: string, patch: Record<string, unknown>): Promise<void> {
  const answer = await page.request.patch(new URL(`/api/v1/projects/${id}`, page.url()).href, { data: patch })
  if (!answer.ok()) throw new Error(await answer.text())
}
const idOf = (page: Page) => /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? ''

/** How many projects the page says there are. */
async function countOf(page: Page): Promise<number> {
  const note = await page.getByText(/^共 \d+ 个/).textContent()
  return Number(/\d+/.exec(note ?? '')?.[0])
}

async function filters(t: Test, page: Page): Promise<void> {
  const all = await countOf(page)
  await page.getByRole('combobox', { name: '所属区域' }).selectOption('410871')
  await page.getByRole('combobox', { name: '阶段' }).selectOption('planning')
  const tags = page.getByRole('list', { name: '已设条件' })
  await tags.getByText('所属区域：焦作城乡一体化示范区').waitFor()
  await tags.getByText('阶段：谋划').waitFor()
  t.match(page.url(), /regionPrefix=410871.*stage=planning/)
  await waitFor(
    'the rows that are found',
    async () => (await countOf(page)) === (await page.locator('tbody tr').count()),
  )
  const count = await countOf(page)
  t.ok(count > 0 && count < all, `${count} of ${all} are found`)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出 CSV' }).click()
  const lines = readFileSync(await (await download).path(), 'utf8')
    .trim()
    .split('\n')
  t.equal(lines.length, count + 1, 'the file holds what the list shows')

  // The whole city, with all that lies below it, and what few people filter by.
  await page.getByRole('combobox', { name: '所属区域' }).selectOption('4108')
  await tags.getByText('所属区域：焦作市').waitFor()
  await page.getByRole('button', { name: '去掉条件：阶段' }).click()
  await page.getByText(`共 ${all} 个`).waitFor()
  await page.getByRole('button', { name: '更多条件' }).click()
  await page.getByLabel('总投资不低于').fill('150000')
  await tags.getByText('总投资不低于：15.00 亿元').waitFor()
  await waitFor('fewer than all', async () => (await countOf(page)) < count * 2)
  await assertAccessible(t, page, 'the list with all filters')
  await page.getByLabel('行业代码开头').fill('39')
  await page.getByRole('combobox', { name: '阶段' }).selectOption('planning')
  t.notMatch(page.url(), /industryPrefix/, 'what is no code yet does not count')

  await page.getByPlaceholder('搜索项目名称').fill('没有这样的项目')
  await tags.getByText('搜索：没有这样的项目').waitFor()
  await page.getByText('没有符合条件的项目').waitFor()
  await tags.getByRole('button', { name: '去掉条件：阶段' }).click()
  await tags.getByText('阶段：谋划').waitFor({ state: 'detached' })
  await page.reload()
  await tags.getByText('搜索：没有这样的项目').waitFor()
  await page.getByRole('button', { name: '清除条件，显示全部' }).click()
  await page.getByText(`共 ${all} 个`).waitFor()
  t.equal(await tags.count(), 0)
  await assertAccessible(t, page, 'the list')
  t.pass('each filter is shown and taken away alone or with all others; an empty list says why')
}

async function registers(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '登记项目' }).click()
  await save(page)
  await page.getByText('有内容需要修改').waitFor()
  await fieldOf(page, '项目名称').getByText('必填').waitFor()
  await page.getByLabel('项目名称').fill('沁河特大桥')
  await page.getByRole('combobox', { name: '所属区域' }).selectOption('410882')
  await page.getByLabel('类别', { exact: true }).fill('交通')
  await page.getByRole('combobox', { name: '登记时的阶段' }).selectOption('preliminary')
  await page.locator('label.el-checkbox', { hasText: /^市$/ }).click()
  await page.getByLabel('行业代码').fill('E4813')
  await page.getByText('E 建筑业').waitFor()
  await page.getByRole('button', { name: '添加年度' }).click()

  await page.getByLabel('总投资（万元）').fill('12000')
  await page.getByRole('button', { name: '添加资金来源' }).click()
  await page.getByLabel('第 1 行金额').fill('7000.5')
  await page.getByText('还差 4,999.5 万元').waitFor()
  await page.getByRole('button', { name: '添加资金来源' }).click()
  await page.getByLabel('第 2 行金额').fill('5,000')
  await page.getByText('超出 0.5 万元').waitFor()
  await save(page)
  await page.getByText('资金拼盘合计 120005000 元').waitFor()
  t.pass('rows that do not sum are told while typing, and refused')
  await page.getByLabel('第 1 行金额').fill('12000')
  await page.getByLabel('第 2 行金额').fill('0')
  await page.getByText('已平').waitFor()
  await save(page)
  await fieldOf(page, '第 2 行金额').locator('.el-form-item__error').waitFor()
  t.equal(await fieldOf(page, '第 1 行金额').locator('.el-form-item__error').count(), 0, 'the second row alone')
  await page.getByLabel('第 1 行金额').fill('7000')
  await page.getByLabel('第 2 行金额').fill('5000')

  await page.getByRole('button', { name: '添加审批文件' }).click()
  await page.getByLabel('第 1 份文件类别').fill('可行性研究报告批复')
  await page.getByLabel('第 1 份文号').fill('焦发改〔2026〕9号')
  await page.getByLabel('第 1 份发文日期').fill('2026-03-01')
  await page.getByLabel('计划开工').fill('2026-06-01')
  await page.getByLabel('计划竣工').fill('2026-05-01')
  await page.getByPlaceholder('输入名称查找单位').fill('交通运输局')
  await page.getByRole('combobox', { name: '责任单位' }).selectOption({ label: '焦作市交通运输局（焦作市）' })
  await page.getByRole('combobox', { name: '填报人' }).selectOption({ index: 1 })
  await page.getByPlaceholder('输入姓名查找人员').first().fill('焦作市')
  await page.getByRole('combobox', { name: '主要责任领导' }).selectOption({ index: 1 })
  await page.getByRole('button', { name: '添加参建单位' }).click()
  await page.getByLabel('第 1 家单位名称').fill('中铁某局')
  await assertAccessible(t, page, 'the form')
  await save(page)
  await fieldOf(page, '计划竣工').getByText('早于计划开工').waitFor()
  await page.getByLabel('计划竣工').fill('2028-05-01')
  await save(page)
  await page.getByRole('heading', { name: '沁河特大桥', exact: true }).waitFor()
  await page.getByText('焦作市交通运输局').first().waitFor()
  await page.getByText('中铁某局').waitFor()
  await assertAccessible(t, page, 'the project page')
  t.pass('a project is registered with all that is known of it; what is refused is told at its field')
}

async function keepsWhatWasTyped(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByLabel('建设地点').fill('沁阳市')
  await page.getByRole('link', { name: '返回项目' }).click()
  await page.getByRole('button', { name: '留下继续填写' }).click()
  t.equal(await page.getByLabel('建设地点').inputValue(), '沁阳市', 'nothing is lost by a slip')

  await page.getByLabel('类别', { exact: true }).fill('桥梁')
  await changeMeanwhile(page, idOf(page), { category: '公路', scale: '双向四车道', reason: '他人同时修改' })
  await save(page)
  const note = page.getByRole('alert').filter({ hasText: '他人保存过' })
  await note.getByText(/保存：类别、建设规模及内容|保存：建设规模及内容、类别/).waitFor()
  await note.getByRole('button', { name: '载入最新内容' }).click()
  await page.getByText('双方都改过').waitFor()
  t.equal(await page.getByLabel('建设规模及内容').inputValue(), '双向四车道', 'what others saved is there')
  t.equal(await page.getByLabel('建设地点').inputValue(), '沁阳市', 'and so is what was typed')
  t.equal(await page.getByLabel('类别', { exact: true }).inputValue(), '桥梁')
  await page.getByLabel('原因', { exact: true }).fill('选址已定')
  await save(page)
  await card(page, '变更历史').getByText('他人同时修改').waitFor()
  await card(page, '变更历史').getByText('选址已定').waitFor()

  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByLabel('备注').fill('不要了')
  await page.getByRole('link', { name: '返回项目' }).click()
  await page.getByRole('button', { name: '不保存，离开' }).click()
  await page.getByRole('button', { name: '编辑' }).waitFor()
  t.equal(await page.getByText('不要了').count(), 0)
  t.pass('who saved in between and what is told; nothing that was typed is lost')
}

async function comparesWithBaseline(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '记录批复' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('总投资（万元）').fill('10000')
  await dialog.getByLabel('计划竣工').fill('2028-04-01')
  await save(page)
  await dialog.locator('.el-form-item__error').waitFor()
  await dialog.getByLabel('批复文号').fill('焦发改〔2026〕9号')
  await save(page)
  const baselines = card(page, '批复基线')
  await baselines.getByText('2,000 万元（20.00%）').waitFor()
  await baselines.getByText('拖期 30 天').waitFor()
  t.pass('total and completion stand beside the approved ones, with the overrun of both')
}

async function movesBack(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '阶段转换' }).click()
  const target = page.getByRole('combobox', { name: '转换到' })
  await target.waitFor()
  t.same(
    await target.locator('option').allTextContents(),
    ['新开工（推进）', '谋划（回退）', '储备（回退）', '签约（回退）', '停缓建', '退出'],
    'only what the stage machine allows is offered',
  )
  await target.selectOption('reserve')
  await save(page)
  await page.getByText('回退须有审批人').waitFor()
  await page.getByLabel('原因').fill('用地未批')
  await page.getByPlaceholder('输入姓名查找人员').fill('责任领导')
  await page.getByRole('combobox', { name: '批准人' }).selectOption({ index: 1 })
  await changeMeanwhile(page, idOf(page), { note: '同时写的备注' })
  await save(page)
  await page.getByRole('alert').getByText('保存：备注').waitFor()
  await page.getByRole('button', { name: '载入最新内容' }).click()
  await page.getByText('他人保存过这个项目').waitFor({ state: 'detached' })
  t.equal(await page.getByLabel('原因').inputValue(), '用地未批', 'what was typed stays')
  await save(page)
  const life = card(page, '阶段历程')
  await life.getByText('前期 → 储备').waitFor()
  await life.getByText('批准人：').waitFor()
  t.pass('an approver is found by name; a move backwards needs one')
}

async function showsParts(t: Test, page: Page): Promise<void> {
  const parent = page.url()
  await page.getByRole('link', { name: '登记子项目' }).click()
  t.equal(
    await page.getByRole('combobox', { name: '所属打包项目' }).locator('option:checked').textContent(),
    '沁河特大桥',
  )
  await page.getByLabel('项目名称').fill('沁河特大桥引道')
  await save(page)
  await page.getByRole('heading', { name: '沁河特大桥引道', exact: true }).waitFor()
  await page.getByRole('link', { name: '沁河特大桥', exact: true }).click()
  await card(page, '子项目').getByRole('link', { name: '沁河特大桥引道' }).waitFor()
  t.equal(page.url(), parent, 'the part leads to the whole, the whole lists its parts')
}

async function pagesHistory(t: Test, page: Page): Promise<void> {
  const id = idOf(page)
  for (let turn = 0; turn < 21; turn++) await changeMeanwhile(page, id, { note: `第 ${turn} 次` })
  await page.reload()
  const history = card(page, '变更历史')
  await history.getByText('第 20 次').first().waitFor()
  t.equal(await history.getByText('选址已定').count(), 0)
  await history.getByRole('button', { name: '更早的记录' }).click()
  await history.getByText('选址已定').waitFor()
  t.pass('older versions come when asked')
}

async function showsReports(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '返回项目库' }).click()
  await page.getByPlaceholder('搜索项目名称').fill('九渡水库')
  await page.getByRole('link', { name: '九渡水库' }).click()
  const reports = card(page, '近 12 期月报')
  await reports.getByText('审核通过').first().waitFor()
  await reports.getByText('万元').first().waitFor()
  t.pass('the last reports stand on the page of the project')
}

async function opensImport(t: Test, page: Page): Promise<void> {
  await page.getByRole('link', { name: '返回项目库' }).click()
  await page.getByRole('button', { name: '导入清单' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '试运行' }).waitFor()
  await assertAccessible(t, page, 'the import dialog')
}

/** The list, the form and the project page as the operator of a city uses them at 1280 px. */
export async function useForm(
  t: Test,
  browser: Browser,
  { url, username, password }: { url: string; username: string; password: string },
): Promise<void> {
  const page = await signIn(browser, url, username, password)
  await page.setViewportSize({ width: WIDTH, height: 900 })
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '项目库')
  await filters(t, page)
  await registers(t, page)
  await keepsWhatWasTyped(t, page)
  await comparesWithBaseline(t, page)
  await movesBack(t, page)
  await showsParts(t, page)
  await pagesHistory(t, page)
  await showsReports(t, page)
  await opensImport(t, page)
  t.equal(
    await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
    false,
    'nothing is wider than 1280 px',
  )
  t.same(faults, [])
}
