import { describe, expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { desktop, executablePath, linkIn, openAccount, phone } from './support/account-pages.ts';
import { openPage } from './support/browser.ts';

describe.skipIf(executablePath === '')('in a browser', () => {
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
});
