import { randomUUID } from 'node:crypto'
import { createTransport } from '@tiaodu/messaging'
import { createLogger } from '@tiaodu/service'
import { waitFor } from '@tiaodu/testing'
import pg from 'pg'
import type { Browser, Page } from 'playwright-core'
import type { Test } from 'tap'
import { assertAccessible } from './accessible.ts'
import { type Account, goTo, signIn } from './browser.ts'

const NAMES = ['演练甲局', '演练乙局'] as const

/** A table that refuses two units as a broken one would, and events that tell of them. */
async function poison(databaseUrl: string) {
  const database = new pg.Client({ connectionString: databaseUrl })
  await database.connect()
  await database.query(`
    set search_path to notifications;
    create function refuse_drill() returns trigger language plpgsql as $$ begin raise exception '表空间已满'; end $$;
    create trigger refuse_drill before insert on units for each row when (new.name like '演练%') execute function refuse_drill()`)
  const queue = createTransport({ databaseUrl, logger: createLogger('test', 'silent') }).queue('notifications')
  const ids = NAMES.map(() => randomUUID())
  for (const [at, id] of ids.entries()) {
    const unit = { unitId: id, version: 1, name: NAMES[at], kind: 'department', regionCode: '410800' }
    const payload = { ...unit, parentId: null, peerGroup: null }
    const data = { id, name: 'unit.changed.v1', occurredAt: new Date().toISOString(), payload }
    await queue.add(data.name, data, { jobId: id, attempts: 1 })
  }
  await queue.close()
  const kept = async () => {
    const query = `select name from units where name like '演练%' order by name`
    return (await database.query<{ name: string }>(query)).rows.map(({ name }) => name)
  }
  return { ids, kept, mend: () => database.query('drop function refuse_drill cascade'), end: () => database.end() }
}

const service = (page: Page) => page.locator('main section.service', { hasText: '提醒督办' })
const letters = (page: Page) => service(page).getByRole('listitem').filter({ hasText: '表空间已满' })
const confirm = (page: Page, name: string) =>
  page.getByRole('tooltip').getByRole('button', { name, exact: true }).click()

async function replays(t: Test, page: Page, { ids, kept, mend }: Awaited<ReturnType<typeof poison>>) {
  const first = String(ids[0])
  await goTo(page, '运行')
  await page.getByRole('heading', { name: '项目库', exact: true }).waitFor()
  await waitFor('both dead letters', async () => (await letters(page).count()) === 2)
  const letter = letters(page).filter({ hasText: first })
  await letter.getByText('单位登记或变更').waitFor()
  await letter.getByText('消息内容').click()
  await letter.getByText(NAMES[0]).waitFor()
  await assertAccessible(t, page, 'the queues with dead letters')
  t.same(await kept(), [], 'the message that was refused, with its error')

  await mend()
  await letter.getByRole('button', { name: `重放 ${first}` }).click()
  await confirm(page, '重放')
  await page.getByText('已重放 1 条').waitFor()
  await waitFor('one letter fewer', async () => (await letters(page).count()) === 1)
  await waitFor('its effect', async () => (await kept()).length > 0)
  t.same(await kept(), [NAMES[0]], 'one is replayed and done, the other waits')
  await service(page).getByRole('button', { name: '全部重放 提醒督办收到的事件' }).click()
  await confirm(page, '全部重放')
  await waitFor('no letter', async () => (await letters(page).count()) === 0)
  await waitFor('both effects', async () => (await kept()).length === 2)
  t.pass('all are replayed after a question')
}

/** The queues as an operator sees them, with messages that could not be handled; nobody else gets there. */
export async function useOperations(
  t: Test,
  browser: Browser,
  { url, databaseUrl, operator, reader }: { url: string; databaseUrl: string; operator: Account; reader: Account },
): Promise<void> {
  const poisoned = await poison(databaseUrl)
  const page = await signIn(browser, url, operator.username, operator.password)
  const faults: string[] = []
  page.on('pageerror', ({ message }) => faults.push(message))
  // The system is stopped before this test ends: nobody may be connected then.
  await replays(t, page, poisoned).finally(poisoned.end)

  const other = await signIn(browser, url, reader.username, reader.password)
  await goTo(other, '发送记录')
  t.equal(await other.getByRole('link', { name: '运行', exact: true }).count(), 0, 'queues are for operators')
  await other.goto(`${url}/operations`)
  await other.getByText('您的角色不能做这件事').first().waitFor()
  t.same(faults, [])
  await Promise.all([page.close(), other.close()])
}
