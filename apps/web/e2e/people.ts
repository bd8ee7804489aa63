import type { Page } from 'playwright-core';

/** Signs in on the page for it, with an account that there is, and waits until the head of the page says so. */
export async function signIn(page: Page, account: { name: string; email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail address').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel(`Account of ${account.name}`).waitFor();
}
