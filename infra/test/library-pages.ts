import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { goTo, signIn } from './browser.ts'

const HEADER = '项目名称,区划代码,所属区域,类别,阶段,总投资(万元)'

async function finds(t: Test, page: Page): Promise<void> {
  await page.getByText('共 137 个').waitFor()
  await page.getByPlaceholder('搜索项目名称').fill('水库')
  await page.getByText('共 1 个').waitFor()
  await page.getByLabel('阶段').selectOption('planning')
  await page.getByText('没有符合条件的项目').waitFor()
  await page.reload()
  await page.getByText('没有符合条件的项目').waitFor()
  t.match(page.url(), /stage=planning/, 'the address keeps the filters')
  await page.getByRole('button', { name: '清除条件', exact: true }).click()
  await page.getByText('共 137 个').waitFor()
  const [exported] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '导出 CSV' }).click(),
  ])
  t.equal(await exported.failure(), null, 'the list comes as a file')
  t.match(exported.suggestedFilename(), /^重点项目-.*\.csv$/)
  await page.getByRole('button', { name: '继续载入' }).click()
  await page.locator('tbody tr').nth(45).waitFor()
  t.ok((await page.locator('tbody tr').count()) > 30, 'more rows come below the first')
}

async function changes(t: Test, page: Page): Promise<void> {
  await page.getByPlaceholder('搜索项目名称').fill('九渡水库')
  await page.getByRole('link', { name: '九渡水库' }).click()
  await page.getByRole('button', { name: '编辑' }).click()
  await page.getByLabel('统一社会信用代码').fill('91350100M000100Y44')
  await page.getByLabel('建设地点').fill('岸上乡')
  await page.getByLabel('原因', { exact: true }).fill('选址已定')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('校验码不符').waitFor()
  await page.getByLabel('统一社会信用代码').fill('91350100M000100Y43')
  await page.getByRole('button', { name: '保存' }).click()
  const history = page.locator('section', { has: page.getByRole('heading', { name: '变更历史' }) })
  await history.getByText('岸上乡').waitFor()
  await history.getByText('原因：选址已定').waitFor()
  t.pass('a refused field is told at its place, a change stands in the history')
}

async function moves(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '阶段转换' }).click()
  await page.getByRole('combobox', { name: '转换到' }).selectOption('newlyStarted')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.el-form-item__error', { hasText: '须有' }).waitFor()
  await page.getByPlaceholder('文号或文件名').fill('施字〔2026〕1号')
  await page.getByRole('button', { name: '保存' }).click()
  const life = page.locator('section', { has: page.getByRole('heading', { name: '阶段历程' }) })
  await life.getByText('前期 → 新开工').waitFor()
  await life.getByText('施字〔2026〕1号').waitFor()
  await page.getByLabel('查看某日的情况').fill('2026-01-02')
  await page.getByText('不是现在的情况').waitFor()
  await page.getByRole('button', { name: '回到现在' }).click()
  t.pass('a move needs its evidence; any day can be seen again')
}

async function imports(t: Test, page: Page, directory: string): Promise<void> {
  const hand = async (name: string, rows: string[]) => {
    const file = join(directory, name)
    writeFileSync(file, `${[HEADER, ...rows].join('\n')}\n`)
    // By a click, as people do: it waits until the dialog stands still.
    const chooser = page.waitForEvent('filechooser')
    await page.getByLabel('选择文件').click()
    await (await chooser).setFiles(file)
    await page.getByRole('button', { name: '试运行' }).click()
  }
  await page.getByRole('link', { name: '返回项目库' }).click()
  await page.getByRole('button', { name: '导入清单' }).click()
  await hand('清单.csv', ['导入水库,410802,解放区,水利,在建,100', '坏水库,4108,解放区,水利,在建,很多'])
  await page.getByText('有 2 处问题').waitFor()
  await page.getByRole('cell', { name: '应为六位数字' }).waitFor()
  t.ok(await page.getByRole('button', { name: '载入', exact: true }).isDisabled(), 'what has problems cannot be loaded')
  await hand('清单（已改）.csv', ['导入水库,410802,解放区,水利,在建,100'])
  await page.getByText('检查通过').waitFor()
  await page.getByRole('button', { name: '载入', exact: true }).click()
  await page.getByText('已载入').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('共 138 个').waitFor()
  t.pass('a list is checked, then loaded')
}

/** The project library as the operator of a city uses it, on the whole running system. */
export async function useLibrary(
  t: Test,
  browser: Browser,
  { url, username, password, directory }: { url: string; username: string; password: string; directory: string },
): Promise<void> {
  const page = await signIn(browser, url, username, password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  await goTo(page, '项目库')
  await finds(t, page)
  await changes(t, page)
  await moves(t, page)
  await imports(t, page, directory)
  t.same(faults, [])
}
