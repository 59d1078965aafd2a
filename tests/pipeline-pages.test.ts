/** The pages around pipelines, driven as an operator on shift would. */
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import type { Account } from './support/account.ts';
import { findChromium, openPage } from './support/browser.ts';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';

const executablePath = findChromium() ?? '';
const desktop = { executablePath, width: 1440, height: 900 };
const phone = { executablePath, width: 390, height: 844 };
const url = inject('stackUrl');

async function signIn(page: Page, { email, password }: Account): Promise<void> {
  await page.goto(url);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'US flights' }).waitFor();
}

/** Keeps what the page looks like where SCREENSHOTS names a folder. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

async function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}

describe.skipIf(executablePath === '')('in a browser', () => {
  test('a pipeline is drafted, tried on real events, published and rolled back', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify([1, 2, 3].map((delay) => flightEvent({}, { delay }))));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/sources/${workspace.sourceId}/pipeline`);
    await page.getByLabel('Kind of stage').selectOption({ label: 'Derive a field' });
    await page.getByRole('button', { name: 'Add stage' }).click();
    const stage = page.getByRole('region', { name: /^Stage/ }).last();
    await stage.getByLabel('Field 1 of Derive').fill('double');
    await stage.getByLabel('Expression 1 of Derive').fill('data.delay *');
    const tryOut = page.getByRole('button', { name: /^Try on/ });
    await tryOut.click();
    await page.getByRole('alert').getByText('fields.double').waitFor();

    await picture(page, 'pipeline-form');
    await stage.getByRole('button', { name: /^As JSON/ }).click();
    await stage.getByRole('textbox').fill('{"kind":"derive","fields":{"double":"data.delay * 2"}}');
    await stage.getByRole('button', { name: /^As a form/ }).click();
    expect(await stage.getByLabel('Expression 1 of Derive').inputValue()).toBe('data.delay * 2');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByText('The draft is saved.').waitFor();
    await page.reload();
    const expression = stage.getByLabel('Expression 1 of Derive');
    await expect.poll(() => expression.inputValue()).toContain('* 2');
    await page.getByRole('button', { name: /^Try on/ }).click();
    const outcomes = page.getByRole('list', { name: 'Outcomes' });
    await outcomes.getByText('data.double').first().waitFor();
    await picture(page, 'pipeline-preview');

    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(/^Version \d+ is in force\.$/).waitFor();
    await page.getByRole('button', { name: 'Remove Stage' }).last().click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Version 3 is in force.').waitFor();
    await page.getByRole('button', { name: 'Roll back to version 2' }).click();
    await page.getByText('Version 2 is back, as version 4.').waitFor();
    await expect.poll(() => expression.inputValue()).toContain('* 2');
    await picture(page, 'pipeline-rolled-back');
    expect(browser.complaints).toEqual([]);
  });

  test('dead letters are seen by cause, tried, replayed together and discarded with a reason', async () => {
    const workspace = await createFlightsWorkspace(url);
    const late = ['late', 'later', 'latest'].map((delay) => flightEvent({}, { delay }));
    await send(workspace, JSON.stringify([...late, { no: 'event' }]));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/sources/dead-letters`);
    const causes = page.getByRole('list', { name: 'Causes' }).getByRole('listitem');
    await causes.filter({ hasText: 'data.delay' }).getByText('3', { exact: true }).waitFor();
    await picture(page, 'dead-letters');

    await page.locator('details', { hasText: '"latest"' }).locator('summary').click();
    const letter = page.locator('details[open]');
    await letter.getByRole('button', { name: 'Edit and replay' }).click();
    const editor = letter.getByRole('textbox');
    await editor.fill((await editor.inputValue()).replace('"latest"', '7'));
    await letter.getByRole('button', { name: 'Try it' }).click();
    await letter.getByText('Goes through').waitFor();
    await picture(page, 'dead-letter-dry-run');

    const delays = causes.filter({ hasText: 'data.delay' });
    await delays.getByRole('button', { name: 'Replay all' }).click();
    await delays
      .getByText('0 sent through the pipeline again. 3 would still be refused.')
      .waitFor();
    const others = causes.filter({ hasText: 'Accept' });
    await others.getByRole('button', { name: 'Discard all…' }).click();
    await others.getByLabel('Reason').fill('A mistake of the test');
    await others.getByRole('button', { name: 'Discard 1' }).click();
    await expect.poll(() => causes.count()).toBe(1);
    await page.getByRole('button', { name: 'Discarded', exact: true }).click();
    await page.locator('summary').first().click();
    await page.getByText('Discarded: A mistake of the test').waitFor();

    await page.goto(`${url}/alerts`);
    await page.getByText('Share of failing records').first().waitFor({ timeout: 20_000 });
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  test('a rule that fires is deleted after a question, and its alert with it', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify([1, 2, 3].map(() => flightEvent({}, { delay: 90 }))));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/alerts`);
    const now = page.getByRole('region', { name: 'Now' });
    await now.getByText('Firing').waitFor({ timeout: 20_000 });
    await picture(page, 'alerts');
    await page.getByRole('button', { name: 'Delete… Average delay' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Average delay”?' });
    await question.getByText('It is firing now').waitFor();
    await picture(page, 'alerts-question');
    await page.setViewportSize({ width: phone.width, height: phone.height });
    expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    await picture(page, 'alerts-question-phone');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await picture(page, 'alerts-phone');
    await page.getByRole('button', { name: 'Delete… Average delay' }).click();
    await question.getByRole('button', { name: 'Delete the rule' }).click();
    await page.getByText('No rules yet').waitFor();
    await now.getByText('No alert is firing.').waitFor();
    expect(await page.getByText('Average delay').count()).toBe(0);
    expect(browser.complaints).toEqual([]);
  });

  test('a held record is approved, and goes through', async () => {
    const workspace = await createFlightsWorkspace(url);
    const rules = [{ name: 'Plausible', condition: 'data.delay < 5', otherwise: 'REVIEW' }];
    await workspace.ask(
      `mutation ($input: PublishPipelineInput!) { publishPipeline(input: $input) { userErrors { message } } }`,
      { input: { sourceId: workspace.sourceId, stages: [{ kind: 'check', rules }] } },
    );
    await send(workspace, JSON.stringify(flightEvent({}, { delay: 7 })));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/sources/dead-letters?status=review`);
    await page.locator('summary', { hasText: 'Plausible' }).click();
    await picture(page, 'held-for-review');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Sent through the pipeline again').waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('a look-up table is uploaded, replaced and restored', async () => {
    const workspace = await createFlightsWorkspace(url);
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/sources/tables`);
    async function upload(name: string, text: string): Promise<void> {
      await page.getByLabel('Name').fill('gates');
      await page.getByLabel('Key column').fill('gate');
      const mimeType = 'text/plain';
      await page.getByLabel('File').setInputFiles({ name, mimeType, buffer: Buffer.from(text) });
      await page.getByRole('button', { name: 'Upload' }).click();
    }
    await upload('gates.csv', 'gate,hall\n7,North\n');
    const versions = page.getByRole('list', { name: 'Versions of gates' }).getByRole('listitem');
    await versions.first().getByText('1 row').waitFor();
    await upload('gates.json', '[{"gate":7,"hall":"South"},{"gate":8,"hall":"South"}]');
    await versions.first().getByText('2 rows').waitFor();
    await page.getByRole('button', { name: 'Restore version 1' }).click();
    await versions.first().getByText('Version 3').waitFor();
    await picture(page, 'lookup-tables');
    expect(browser.complaints).toEqual([]);
  });

  test('an event type is inferred, registered, checked, and others of a source are held', async () => {
    const workspace = await createFlightsWorkspace(url);
    const landed = flightEvent({ type: 'flight.landed' }, {});
    await send(workspace, JSON.stringify([landed, flightEvent({ type: 'flight.landed' }, {})]));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace);
    await page.goto(`${url}/sources/event-types`);
    await page.getByLabel('Type', { exact: true }).fill('flight.landed');
    await page.getByRole('button', { name: 'Infer from its events' }).click();
    await page.getByText(/^Made from \d events?/).waitFor();
    const schema = page.getByLabel('JSON Schema of its data');
    expect(await schema.inputValue()).toContain('"destination"');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('Version 1 is in force.').waitFor();

    await page.getByRole('button', { name: 'Next version of flight.landed' }).click();
    await schema.fill('{"type":"object","required":["gate"]}');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('asks for gate, which could be left out').waitFor();
    await picture(page, 'event-types');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('asks for gate, which could be left out').waitFor();
    await page.getByLabel('Register even if').check();
    await page.getByRole('button', { name: 'Register' }).click();
    await page
      .getByText('Version 2 is in force.')
      .or(page.getByText('version 2'))
      .first()
      .waitFor();

    await page.getByLabel('Unknown types from').selectOption({ label: 'are held for review' });
    await expect
      .poll(async () => {
        const document = 'query ($id: ID!) { source(id: $id) { unknownTypes } }';
        return (await workspace.ask(document, { id: workspace.sourceId })).data.source;
      })
      .toEqual({ unknownTypes: 'QUARANTINE' });
    expect(browser.complaints).toEqual([]);
  });

  test('the pages fit a phone', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify([flightEvent({}, { delay: 3 }), { no: 'event' }]));
    await using browser = await openPage(phone);
    const { page } = browser;
    await signIn(page, workspace);
    const paths = [
      '',
      '/dead-letters',
      '/event-types',
      '/tables',
      `/${workspace.sourceId}/pipeline`,
    ];
    for (const path of paths) {
      await page.goto(`${url}/sources${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' });
      await picture(
        page,
        `phone${path.replaceAll('/', '-').replace(workspace.sourceId, 'source')}`,
      );
      expect(await overflowOf(page), path).toBeLessThanOrEqual(0);
    }
    expect(browser.complaints).toEqual([]);
  });
});
