import type { Page } from 'playwright-core'

/** Saves the open dialog. */
export const save = (page: Page): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: '保存' }).click()

/** Waits until the dialog has gone. */
export const closed = (page: Page): Promise<void> => page.getByRole('dialog').waitFor({ state: 'detached' })

/** What the dialog says at the field that was refused. */
export const refusal = (page: Page, words: string): Promise<void> =>
  page.getByRole('dialog').locator('.el-form-item__error', { hasText: words }).first().waitFor()
