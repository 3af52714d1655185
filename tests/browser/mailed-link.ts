import { expect, type Page } from '@playwright/test'

export const codeField = (page: Page) => page.getByRole('textbox', { name: 'Code' })

/** As a recipient does it: opens the newest mail, asks for a code, reads it in the next mail, and stands before the field for it. */
export async function codeByMail(page: Page, address: string): Promise<{ link: string; code: string }> {
  await page.goto(`/demo/outbox?q=${address}`)
  await page.getByRole('link', { name: 'Open what was shared with you' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Something was shared with you')
  const link = page.url()
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(codeField(page)).toBeVisible()
  await page.goto(`/demo/outbox?q=${address}`)
  const code = (await page.locator('.letter-code').first().textContent()) ?? ''
  await page.goto(`${link}?step=code`)
  return { link, code }
}
