import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { waitFor } from '@tiaodu/testing'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'
import { closed, refusal, save } from './forms.ts'

interface Received {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A receiver as an integrator has one. */
async function startReceiver(t: Test): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.end(request.url?.startsWith('/robot') ? '{"errcode":0,"errmsg":"ok"}' : '已收到')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => new Promise((done) => server.close(done)))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received }
}

/** The signature of Standard Webhooks 1.0, made by hand. */
function signatureOf(secret: string, { headers, body }: Received): string {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

const rows = (page: Page) => page.locator('main tbody tr')

/** The secret that is shown this once; the dialog stays until it is closed on purpose. */
async function takesSecret(t: Test, page: Page): Promise<string> {
  await page.getByText('只显示这一次').waitFor()
  await assertAccessible(t, page, 'a secret that is shown once')
  await page.keyboard.press('Escape')
  const secret = await page.getByRole('textbox', { name: '签名密钥' }).inputValue()
  t.match(secret, /^whsec_/)
  await page.getByRole('button', { name: '我已保存，关闭' }).click()
  await closed(page)
  t.equal(await page.getByText(secret).count(), 0, 'and never again')
  return secret
}

async function registers(t: Test, page: Page, address: string): Promise<string> {
  await goTo(page, '推送端点')
  await page.getByText('还没有推送端点').waitFor()
  await page.getByRole('button', { name: '登记端点' }).click()
  await save(page)
  await refusal(page, '请选择')
  await assertAccessible(t, page, 'the form of an endpoint')
  await page.getByLabel('名称').fill('市数据中台')
  await page.getByLabel('地址（http 或 https）').fill('ftp://example.com')
  await save(page)
  await refusal(page, '应为 http 或 https 地址')
  await page.getByLabel('地址（http 或 https）').fill(address)
  await page.getByText('月报上报').click()
  await page.getByRole('dialog').getByText('允许内网地址').click()
  await save(page)
  return takesSecret(t, page)
}

async function signs(t: Test, page: Page, received: Received[], first: string): Promise<void> {
  const test = async (count: number): Promise<Received> => {
    await page.getByRole('button', { name: '发送测试' }).click()
    await page.getByText('测试已排入').waitFor()
    await waitFor('the test at the receiver', async () => received.length === count)
    return received[count - 1] as Received
  }
  const one = await test(1)
  t.equal(one.headers['webhook-signature'], signatureOf(first, one))
  await page.getByRole('button', { name: '更换密钥' }).click()
  await page.getByLabel('旧密钥再保留几小时').fill('很久')
  await save(page)
  await page.getByRole('dialog').locator('.el-form-item__error').waitFor()
  await page.getByLabel('旧密钥再保留几小时').fill('1')
  await save(page)
  const second = await takesSecret(t, page)
  await page.getByText(/^旧密钥到 .+ 为止仍有效$/).waitFor()
  await assertAccessible(t, page, 'the endpoints')
  const both = await test(2)
  const signatures = String(both.headers['webhook-signature']).split(' ')
  t.same(signatures.sort(), [signatureOf(first, both), signatureOf(second, both)].sort(), 'both secrets sign')
}

async function replays(t: Test, page: Page): Promise<void> {
  await page.getByRole('button', { name: '补发' }).click()
  await save(page)
  await page.getByText('已重新排入 0 条').waitFor()
  await page.getByRole('button', { name: '停用' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '停用' }).click()
  await page.getByText(/^停用：/).waitFor()
  await page.getByRole('button', { name: '启用' }).click()
  await page.getByRole('main').getByText('正常', { exact: true }).waitFor()
  t.pass('what was given up is sent again; an endpoint is disabled after a question and works again')
}

/** The robot of a group is signed with a secret of theirs, which is not told again. */
async function tellsGroup(t: Test, page: Page, address: string, received: Received[]): Promise<void> {
  await page.getByRole('button', { name: '登记端点' }).click()
  await page.getByRole('combobox', { name: '推送方式' }).selectOption('sms')
  await page.getByLabel('HTTP 头（每行一个）').fill('Host: sms.example.com')
  await page.getByLabel('名称').fill('项目专班群')
  await page.getByLabel('地址（http 或 https）').fill(address)
  await save(page)
  await refusal(page, '该 HTTP 头由系统填写')
  await assertAccessible(t, page, 'the form of a gateway')
  await page.getByRole('combobox', { name: '推送方式' }).selectOption('dingtalk')
  await page.getByLabel('加签密钥').fill('SEC0123456789')
  await page.getByRole('dialog').getByText('允许内网地址').click()
  await save(page)
  await closed(page)
  t.equal(await page.getByRole('button', { name: '更换密钥 项目专班群' }).count(), 0, 'that secret is not ours')
  await page.getByRole('button', { name: '发送测试 项目专班群' }).click()
  await waitFor('the test in the group', async () => received.some(({ path }) => /^\/robot\?.*sign=/.test(path)))
}

/** Deliveries and endpoints as the operator keeps them, and the log as a supervisor reads it. */
export async function useDeliveries(
  t: Test,
  browser: Browser,
  url: string,
  { operator, supervisor }: { operator: Account; supervisor: Account },
): Promise<void> {
  const { url: address, received } = await startReceiver(t)
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  const secret = await registers(t, page, address)
  await signs(t, page, received, secret)
  await replays(t, page)
  await page.getByRole('main').getByRole('link', { name: '发送记录' }).click()
  await page.getByText('只看一个推送端点').waitFor()
  await rows(page).filter({ hasText: '已收到' }).filter({ hasText: '已发送' }).first().waitFor()
  t.equal(await rows(page).count(), 2, 'the deliveries of an endpoint, with what it answered')

  await goTo(page, '推送端点')
  await tellsGroup(t, page, address.replace('/hook', '/robot'), received)

  const other = await signIn(browser, url, supervisor.username, supervisor.password)
  other.on('pageerror', ({ message }) => faults.push(message))
  await goTo(other, '发送记录')
  await other.getByRole('combobox', { name: '渠道' }).selectOption('email')
  await waitFor('mails alone', async () => {
    const [mails, all] = [await rows(other).filter({ hasText: '电子邮件' }).count(), await rows(other).count()]
    return mails > 0 && mails === all
  })
  await rows(other).filter({ hasText: '为何收到：' }).first().waitFor()
  await assertAccessible(t, other, 'the log of deliveries')
  t.equal(await other.getByRole('link', { name: '推送端点' }).count(), 0, 'endpoints are for operators')
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
