/** What people do on the pages of their account, for tests of several of them. */
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { findChromium } from './browser.ts';

/** Empty where there is no browser. */
export const executablePath = findChromium() ?? '';
export const desktop = { executablePath, width: 1440, height: 900 };
export const phone = { executablePath, width: 390, height: 844 };
/** Of every account that is opened on the pages. */
export const password = 'correct horse battery';

/** Opens an account as somebody new would; answers its address. */
export async function openAccount(page: Page): Promise<string> {
  const email = `${randomUUID()}@example.com`;
  await page.goto(inject('stackUrl'));
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('Name').fill('Grace Hopper');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByText(/^Strength:/).waitFor();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page
    .getByRole('button', { name: /Account of Grace|Menu/ })
    .first()
    .waitFor();
  return email;
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
}

/** The link in the newest mail to an address, as the reader's mail program shows it. */
export async function linkIn(address: string, path: string): Promise<string> {
  const directory = inject('mailDirectory');
  const find = () =>
    readdirSync(directory)
      .map((file) => readFileSync(join(directory, file), 'utf8'))
      .filter((mail) => mail.startsWith(`X-Envelope-To: ${address}\r\n`))
      .map(withoutQuotedPrintable)
      .flatMap((mail) => mail.match(new RegExp(`http://\\S+/${path}#token=[\\w-]{43}`)) ?? [])
      .at(-1);
  await expect.poll(find, { timeout: 15_000 }).toBeDefined();
  return find() ?? '';
}

const withoutQuotedPrintable = (mail: string): string =>
  mail.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
