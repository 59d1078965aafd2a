import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { findChromium, openPage } from './support/browser.ts';

const executablePath = findChromium() ?? '';
const desktop = { executablePath, width: 1440, height: 900 };
const phone = { executablePath, width: 390, height: 844 };
const password = 'correct horse battery';

async function openAccount(page: Page): Promise<string> {
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

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
}

/** The link in the newest mail to an address, as the reader's mail program shows it. */
async function linkIn(address: string, path: string): Promise<string> {
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

  test('somebody is invited, joins by the mailed link, and is in the audit log', async () => {
    const invited = await signUp(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await openAccount(page);
    await page.goto(`${inject('stackUrl')}/members`);
    await page.getByLabel('E-mail').fill(invited.email);
    await page.getByLabel('Role', { exact: true }).selectOption('EDITOR');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByRole('list', { name: 'Invitations' }).getByText(invited.email).waitFor();

    await using other = await openPage(desktop);
    await other.page.goto(await linkIn(invited.email, 'invitation'));
    await other.page.getByLabel('E-mail').fill(invited.email);
    await other.page.getByLabel('Password').fill(invited.password);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByText('Grace Hopper’s workspace').waitFor();
    await other.page.getByRole('button', { name: 'Join' }).click();
    await other.page
      .getByRole('link', { name: 'Tributary, home' })
      .getByText('Grace Hopper’s workspace')
      .waitFor();

    await page.goto(`${inject('stackUrl')}/audit`);
    await page.getByText('member.joined').waitFor();
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/entries are as they were written/).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('a workspace names a role of its own, gives it to a member, and changes it', async () => {
    const member = await signUp(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await openAccount(page);
    await page.goto(`${inject('stackUrl')}/members`);
    await page.getByLabel('Role name').fill('Analyst');
    await page.getByLabel('read:analytics').check();
    await page.getByRole('button', { name: 'Create the role' }).click();
    const role = page.getByRole('list', { name: 'Roles' }).getByRole('listitem');
    await role.getByText('read:analytics').waitFor();
    await page.getByLabel('E-mail').fill(member.email);
    await page.getByLabel('Role', { exact: true }).selectOption('Analyst');
    await page.getByRole('button', { name: 'Invite' }).click();
    const invitation = page.getByRole('list', { name: 'Invitations' }).getByText(member.email);
    await invitation.getByText('Analyst').waitFor();
    await role.getByRole('button', { name: 'Delete' }).click();
    await role.getByText('1 open invitations').waitFor();
    await role.getByRole('button', { name: 'Change' }).click();
    await role.getByLabel('write:alerts').check();
    await role.getByRole('button', { name: 'Save the role' }).click();
    await role.getByText('read:analytics, write:alerts').waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('a partner gets a key, which is shown once, and loses it', async () => {
    await using browser = await openPage(desktop);
    const { page } = browser;
    await openAccount(page);
    await page.goto(`${inject('stackUrl')}/api-clients`);
    await page.getByLabel('Name').fill('Acme');
    await page.getByLabel('Contact').fill('ops@acme.example.com');
    await page.getByRole('button', { name: 'Create the client' }).click();
    const client = page.getByRole('list', { name: 'API clients' }).getByRole('listitem');
    await client.getByRole('button', { name: 'New key' }).click();
    await client.getByText('shown only now').waitFor();
    expect(await client.locator('code').first().textContent()).toMatch(/^trk_/);
    await client.getByText('never used').waitFor();
    await page.reload();
    await client.getByText('never used').waitFor();
    expect(await client.getByText('shown only now').count()).toBe(0);
    await client.getByRole('button', { name: 'Revoke' }).click();
    await client.getByText('never used').waitFor({ state: 'detached' });
    expect(browser.complaints).toEqual([]);
  });

  test.each([
    ['at a desk', desktop],
    ['on a phone', phone],
  ])(
    'a partner’s operations are pushed, activated, rolled back and retired %s',
    async (_, size) => {
      await using browser = await openPage(size);
      const { page } = browser;
      await openAccount(page);
      await page.goto(`${inject('stackUrl')}/api-clients`);
      await page.getByLabel('Name').fill('Acme');
      await page.getByLabel('Contact').fill('ops@acme.example.com');
      await page.getByRole('button', { name: 'Create the client' }).click();
      const client = page.getByRole('list', { name: 'API clients' }).getByRole('listitem');
      await client.getByRole('button', { name: 'New key' }).click();
      await client.getByText('shown only now').waitFor();
      const key = (await client.locator('code').first().textContent()) ?? '';
      await client.getByText('none are active').waitFor();
      await client.getByRole('link', { name: 'Operations' }).click();
      await page.getByText('No operations are registered').waitFor();

      const push = async (text: string, note: string) => {
        const file = { name: 'relay.json', mimeType: 'application/json' };
        const content = JSON.stringify({ 'viewer-1': text });
        await page.getByLabel('Files').setInputFiles({ ...file, buffer: Buffer.from(content) });
        await page.getByLabel('Note').fill(note);
        await page.getByRole('button', { name: 'Push' }).click();
      };
      await push('query Viewer {\n  workspace {\n    nmae\n  }\n}', 'a typing error');
      await page.getByText('relay.json, id viewer-1, line 3, column 5').waitFor();
      await page.getByText('Cannot query field "nmae" on type "Workspace".').waitFor();
      const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
      const version = (number: number) => versions.filter({ hasText: `Version ${number}` });
      await push('query Viewer {\n  workspace {\n    name\n  }\n}', 'commit 1');
      await page.getByText('Version 1 is there.').waitFor();
      await version(1).getByRole('button', { name: 'Activate' }).click();
      await version(1).getByText('Active', { exact: true }).waitFor();
      const run = async () => {
        const response = await fetch(`${inject('stackUrl')}/graphql/viewer-1`, {
          headers: { authorization: `Bearer ${key}` },
        });
        return ((await response.json()) as { data?: { workspace?: unknown } }).data?.workspace;
      };
      await expect.poll(run, { timeout: 5_000 }).toBeTruthy();
      await push('query Viewer {\n  workspace {\n    id\n    name\n  }\n}', 'commit 2');
      await version(2).getByRole('button', { name: 'Activate' }).click();
      await version(1).getByText('Retired').waitFor();
      await version(1).getByRole('button', { name: 'Roll back to it' }).click();
      await version(1).getByText('Active', { exact: true }).waitFor();
      await version(1).getByText('1 operation').click();
      await version(1).getByText('viewer-1').waitFor();
      const counted = async () => {
        await page.reload();
        await page.getByRole('list', { name: 'Requests by day' }).waitFor();
        return page.getByRole('rowheader', { name: 'viewer-1' }).count();
      };
      await expect.poll(counted, { timeout: 30_000, interval: 1_000 }).toBe(1);
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
      await version(1).getByRole('button', { name: 'Retire' }).click();
      await version(1).getByText('Retired').waitFor();
      await expect.poll(run, { timeout: 5_000 }).toBeFalsy();
      await page.getByRole('button', { name: 'Allow anything its scopes allow' }).click();
      await page.getByText('Anything that its scopes allow.').waitFor();
      expect(browser.complaints).toEqual([]);
    },
  );

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
