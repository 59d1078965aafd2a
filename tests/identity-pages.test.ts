import { randomUUID } from 'node:crypto';
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import {
  desktop,
  executablePath,
  linkIn,
  openAccount,
  password,
  phone,
  signOut,
} from './support/account-pages.ts';
import { openPage } from './support/browser.ts';

/** What is typed on the pages of the provider, which are not ours. */
async function signInAtProvider(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill('any');
  await page.getByRole('button', { name: 'Sign-in' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** The provider's pages, at an address of their own, have no icon and would like a font from elsewhere. */
const isOurs = (complaint: string): boolean => !/fonts\.googleapis|127\.0\.0\.1/.test(complaint);

describe.skipIf(executablePath === '')('in a browser', () => {
  test('a session outlives a reload, though no script can read what keeps it', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    await openAccount(page);
    await page.reload();
    await page.getByRole('button', { name: /Account of Grace/ }).waitFor();
    const readable = await page.evaluate<string>(
      'document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)',
    );
    expect(readable).not.toMatch(/eyJ/);
    const cookies = await page.context().cookies(`${inject('stackUrl')}/auth/refresh`);
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);
    expect(browser.complaints).toEqual([]);
  });

  test('a session that is ended elsewhere is over here too, without a click', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    const email = await openAccount(page);
    await page.goto(`${inject('stackUrl')}/account`);
    await page.getByText('This device').waitFor();
    await using other = await openPage(desktop);
    await other.page.goto(inject('stackUrl'));
    await other.page.getByLabel('E-mail').fill(email);
    await other.page.getByLabel('Password').fill(password);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByRole('button', { name: /Account of Grace/ }).waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await expect
      .poll(() => page.getByRole('listitem').filter({ hasText: 'last used' }).count())
      .toBe(1);
    await other.page.getByText('Your session is over.').waitFor();
  });

  test('two-step sign-in is set up with a QR code, and asked for from then on', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    const email = await openAccount(page);
    await page.goto(`${inject('stackUrl')}/account`);
    const section = page.getByRole('region', { name: 'Two-step sign-in' });
    await section.getByLabel('Your password').fill(password);
    await section.getByRole('button', { name: 'Set up two-step sign-in' }).click();
    await section.getByRole('img', { name: /QR code/ }).waitFor();
    const secret = (await section.locator('code').textContent()) ?? '';
    await section.getByLabel('Code').fill(generateSync({ secret }));
    await section.getByRole('button', { name: 'Turn on' }).click();
    const codes = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const recoveryCode = (await codes.first().textContent()) ?? '';
    await section.getByRole('button', { name: 'I have kept them' }).click();
    await section.getByText('10 recovery codes are left.').waitFor();

    await signOut(page);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Code').fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('This code is wrong').waitFor();
    await page.getByLabel('Code').fill(recoveryCode);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: /Account of Grace/ }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('a forgotten password is replaced through the mailed link', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    const email = await openAccount(page);
    await signOut(page);
    await page.getByRole('button', { name: 'Forgot the password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('A mail is on its way').waitFor();
    await page.goto(await linkIn(email, 'reset-password'));
    await page.getByLabel('New password').fill('another long secret');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('another long secret');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /Account of Grace/ }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('somebody new signs in at a provider, and comes back to the page they wanted', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    await page.goto(`${inject('stackUrl')}/inbox`);
    await page.getByRole('button', { name: 'Continue with Acme' }).click();
    await signInAtProvider(page, `${randomUUID()}@example.com`);
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await page.getByRole('button', { name: /Account of Grace/ }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    expect(browser.complaints.filter(isOurs)).toEqual([]);
  });

  test('a provider is added to an account with the password, and taken out again', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    await openAccount(page);
    await page.goto(`${inject('stackUrl')}/account`);
    const section = page.getByRole('region', { name: 'Other ways to sign in' });
    await section.getByLabel('Your password').fill(password);
    await section.getByRole('button', { name: 'Add' }).click();
    const login = `${randomUUID()}@example.com`;
    await signInAtProvider(page, login);
    const linked = section.getByRole('list', { name: 'Linked sign-ins' });
    await linked.getByText(login).waitFor();

    await signOut(page);
    await page.getByRole('button', { name: 'Continue with Acme' }).click();
    await page.getByRole('button', { name: /Account of Grace/ }).waitFor();
    await page.goto(`${inject('stackUrl')}/account`);
    await linked.getByRole('button', { name: 'Remove' }).click();
    await linked.waitFor({ state: 'detached' });
    expect(browser.complaints.filter(isOurs)).toEqual([]);
  });

  test('every page of the account fits a phone', async () => {
    await using browser = await openPage(phone);
    const { page } = browser;
    await openAccount(page);
    for (const name of ['Account', 'Members', 'API clients', 'Audit log']) {
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByRole('heading', { level: 2 }).or(page.getByRole('list')).first().waitFor();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow, name).toBeLessThanOrEqual(0);
    }
    expect(browser.complaints).toEqual([]);
  });
});
