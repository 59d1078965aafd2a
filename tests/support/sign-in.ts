import type { Page } from 'playwright-core';
import type { Account } from './account.ts';

/** Signs in at a platform's address, as people do, and ends at the dashboard. */
export async function signIn(page: Page, account: Account, url: string): Promise<void> {
  await signInToNothing(page, account, url);
  await page.getByRole('heading', { name: 'US flights' }).waitFor();
}

/** As somebody whose workspace has no dashboard yet. */
export async function signInToNothing(
  page: Page,
  { email, password, name }: Account,
  url: string,
): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page
    .getByRole('button', { name: new RegExp(`Account of ${name}|Menu`) })
    .first()
    .waitFor();
}
