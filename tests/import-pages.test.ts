/** Imports, driven as somebody who has a file would. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@tributary/cli/run-cli';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { findChromium, openPage } from './support/browser.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { signIn, signInToNothing } from './support/sign-in.ts';

const executablePath = findChromium() ?? '';
const url = inject('stackUrl');

const rows = Array.from(
  { length: 300 },
  (_, index) => `2001-01-0${1 + (index % 9)} 06:00,SEA,LAX,${index === 7 ? 'late' : index},954`,
);
const buffer = Buffer.from(`date,origin,destination,delay,distance\n${rows.join('\n')}\n`);
const file = { name: 'flights.csv', mimeType: 'text/csv', buffer };

/** Keeps what the page looks like where SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('the command line sends a file, imports it and says what it came to', async () => {
  const { accessToken, sourceId } = await createFlightsWorkspace(url);
  const directory = await mkdtemp(join(tmpdir(), 'tributary-import-'));
  const path = join(directory, file.name);
  await writeFile(path, buffer);
  const environment = { TRIBUTARY_URL: url, TRIBUTARY_TOKEN: accessToken };
  const done = await runCli(['import', path, '--source', sourceId], environment);
  await rm(directory, { recursive: true });
  expect(done.stderr).toBe('');
  expect(done.stdout).toMatch(/^300 rows: 299 accepted, 0 duplicates, 1 rejected\.\n/);
});

describe.skipIf(executablePath === '')('in a browser', () => {
  test('an import that runs is paused and goes on, and its page follows', async () => {
    const account = await signUp(url);
    await account.ask(
      'mutation { createSource(input: { name: "Ticks" }) { userErrors { message } } }',
    );
    await using browser = await openPage({ executablePath, width: 1440, height: 900 });
    const { page } = browser;
    await signInToNothing(page, account, url);
    await page.goto(`${url}/sources/imports`);
    const many = `when\n${'2001-01-01\n'.repeat(60_000)}`;
    await page.getByLabel('File').setInputFiles({ ...file, buffer: Buffer.from(many) });
    await page.getByRole('button', { name: 'Send the file' }).click();
    await page.getByRole('button', { name: 'Start the import' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await picture(page, 'import-paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('Running', { exact: true }).waitFor();
    await page.getByText('Done', { exact: true }).waitFor();
    expect(await page.locator('dl').textContent()).toMatch(/60,000[\s\S]*60,000[\s\S]*0[\s\S]*0/);
    expect(browser.complaints).toEqual([]);
  });

  test.for([
    ['desktop', 1440, 900],
    ['phone', 390, 844],
  ] as const)(
    'a file is sent, mapped, tried, imported, and what was rejected is had as a file, on a %s',
    async ([kind, width, height]) => {
      const account = await createFlightsWorkspace(url);
      await using browser = await openPage({ executablePath, width, height });
      const { page } = browser;
      await signIn(page, account, url);

      await page.goto(`${url}/sources/imports`);
      await page.getByText('No imports yet').waitFor();
      await page.getByLabel('File').setInputFiles(file);
      await picture(page, `imports-new-${kind}`);
      await page.getByRole('button', { name: 'Send the file' }).click();
      await page.getByText('1 of the first 200 rows would be rejected.').waitFor();
      expect(await page.getByLabel('Event type').inputValue()).toBe('flight.departed');
      expect(await page.getByLabel('Time', { exact: true }).inputValue()).toBe('date');

      await page.getByLabel('Type of delay').selectOption({ label: 'Text' });
      await page.getByRole('button', { name: 'Try it on the first rows' }).click();
      await page.getByText('200 of the first 200 rows would be rejected.').waitFor();
      await page.getByLabel('Type of delay').selectOption({ label: 'Whole number' });
      await page.getByRole('button', { name: 'Try it on the first rows' }).click();
      await page.getByText('1 of the first 200 rows would be rejected.').waitFor();
      await picture(page, `import-mapping-${kind}`);
      expect(
        await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'),
      ).toBeLessThanOrEqual(0);

      await page.getByRole('button', { name: 'Start the import' }).click();
      await page.getByText('Done', { exact: true }).waitFor();
      await page.getByText('1 row was not taken.').waitFor();
      expect(await page.locator('dl').textContent()).toMatch(/300[\s\S]*299[\s\S]*0[\s\S]*1/);
      await picture(page, `import-done-${kind}`);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      expect((await download).suggestedFilename()).toMatch(/^rejected-.*\.csv$/);
      expect(browser.complaints).toEqual([]);
    },
  );
});
