/** Metrics and dashboards, made, looked at and edited on the pages as an analyst would. */
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { desktop, executablePath, linkIn, phone } from './support/account-pages.ts';
import { openPage } from './support/browser.ts';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace, type FlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { signIn } from './support/sign-in.ts';

const url = inject('stackUrl');

/** Whether what is shown fits a phone's width, whatever the window's is. */
async function expectFits(page: Page, what: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: phone.width, height: phone.height });
  const document = 'document.documentElement';
  const overflow = await page.evaluate<number>(`${document}.scrollWidth - ${document}.clientWidth`);
  expect(overflow, what).toBeLessThanOrEqual(0);
  if (size) await page.setViewportSize(size);
}

/** As the page's inputs hold it: the browser's time zone is that of the tests. */
function minutesAgo(minutes: number): string {
  const time = new Date(Date.now() - minutes * 60_000);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Flights of the last hour: of JFK 10 and 20 minutes late, of LAX 60; and one of 90 minutes ago. */
const flights = () => [
  flightEvent({}, { origin: 'JFK', delay: 10 }),
  flightEvent({}, { origin: 'JFK', delay: 20 }),
  flightEvent({}, { origin: 'LAX', delay: 60 }),
  flightEvent(
    { time: new Date(Date.now() - 90 * 60_000).toISOString() },
    { origin: 'JFK', delay: 30 },
  ),
];

/** Somebody new signs in by the link of an invitation, and joins. */
async function join(page: Page, workspace: FlightsWorkspace, as: object): Promise<void> {
  const member = await signUp(url);
  await workspace.ask(
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { message } } }',
    { input: { email: member.email, ...as } },
  );
  await page.goto(await linkIn(member.email, 'invitation'));
  await page.getByLabel('E-mail').fill(member.email);
  await page.getByLabel('Password').fill(member.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'US flights' }).waitFor();
}

describe.skipIf(executablePath === '')('in a browser', () => {
  test('a metric is made, looked at, renamed, counted again, shown on a new dashboard, and deleted', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify(flights()));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, url);

    await page.getByRole('link', { name: 'Metrics', exact: true }).click();
    await page.getByRole('link', { name: 'New metric' }).click();
    await page.getByLabel('Figure').selectOption({ label: 'Percentile' });
    await page.getByLabel('Field', { exact: true }).fill('delay');
    await page.getByLabel('Percentile').fill('0');
    await page.getByRole('button', { name: 'Add a filter' }).click();
    await page.getByLabel('Field of filter 1').fill('destination');
    await page.getByLabel('Add to Values of filter 1').fill('SFO');
    await page.getByLabel('Add to Dimensions').fill('origin');
    await page.getByLabel('Add to Dimensions').press('Enter');
    await page.getByLabel('Unit').fill('min');
    await expect
      .poll(() => page.getByLabel('Event type').inputValue(), { timeout: 20_000 })
      .toBe('flight.departed');
    await page.getByRole('button', { name: 'Create the metric' }).click();
    await page.getByText('must be above 0').waitFor();
    await expectFits(page, 'new metric');
    await page.getByLabel('Percentile').fill('100');
    await page.getByRole('button', { name: 'Create the metric' }).click();
    await page.getByRole('heading', { name: '100th percentile of delay by origin' }).waitFor();
    await page.getByText('where destination is SFO').waitFor();

    await page.getByRole('button', { name: 'Hour', exact: true }).click();
    const value = page.getByTestId('value');
    const isAbout = (shown: string | null, delay: number) =>
      Math.abs(Number(shown) - delay) <= delay / 50;
    await expect.poll(async () => isAbout(await value.textContent(), 60)).toBe(true);
    await page.getByText(/\+\d+(\.\d)?% · .* min before/).waitFor();
    await page.getByLabel('Add to Only origin').fill('JFK');
    await page.getByLabel('Add to Only origin').press('Enter');
    await expect.poll(async () => isAbout(await value.textContent(), 20)).toBe(true);
    await page.reload();
    await page.getByRole('button', { name: 'Remove JFK' }).click();
    const groups = page.getByRole('table', { name: /by origin$/ });
    await groups.getByText('LAX').waitFor();
    await page.getByRole('img', { name: /line chart of \d steps?/ }).waitFor();

    await page.getByRole('button', { name: 'Own range' }).click();
    await page.getByLabel('From').fill(minutesAgo(100));
    await page.getByLabel('To', { exact: true }).fill(minutesAgo(80));
    await page.getByRole('button', { name: 'Show' }).click();
    await expect.poll(async () => isAbout(await value.textContent(), 30)).toBe(true);

    await page.getByLabel('Name').fill('Worst delay');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Worst delay', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Count stored events again' }).click();
    await page.getByText('All stored events are counted.').waitFor();

    await page.getByRole('link', { name: 'Dashboards' }).click();
    await page.getByRole('link', { name: 'New dashboard' }).click();
    await page.getByLabel('Name').fill('Delays');
    await page.getByRole('button', { name: 'Create the dashboard' }).click();
    const add = page.getByRole('region', { name: 'Add a widget' });
    await add.getByLabel('Metric').selectOption({ label: 'Worst delay' });
    await add.getByLabel('Title').fill('Worst origins');
    await add.getByLabel('Shown as').selectOption({ label: 'Bars by group' });
    await add.getByRole('button', { name: 'Add the widget' }).click();
    const widgets = page.getByRole('list', { name: 'Widgets' }).getByRole('listitem');
    await widgets.getByText('Worst origins').first().waitFor();
    const title = add.getByLabel('Title');
    await expect.poll(() => title.inputValue()).toBe('');
    await add.getByLabel('Metric').selectOption({ label: 'Departures' });
    await add.getByRole('button', { name: 'Add the widget' }).click();
    await expect.poll(() => widgets.count()).toBe(2);
    await title.fill('Not wanted');
    await add.getByRole('button', { name: 'Add the widget' }).click();
    await expect.poll(() => title.inputValue()).toBe('');
    await title.fill('Half typed');
    await page.getByRole('button', { name: 'Remove Not wanted' }).click();
    await page.getByRole('button', { name: 'Remove the widget' }).click();
    await expect.poll(() => widgets.count()).toBe(2);
    expect(await title.inputValue()).toBe('Half typed');
    await page.getByRole('button', { name: 'Move up Departures' }).press('Enter');
    await expect.poll(() => widgets.first().textContent()).toContain('Departures');
    await page.getByRole('button', { name: 'Edit Departures' }).click();
    await expectFits(page, 'edit a dashboard');
    await widgets.first().getByLabel('Shown as').selectOption({ label: 'One figure' });
    await widgets.first().getByLabel('Window').selectOption({ label: 'last 6 h' });
    await page.getByRole('button', { name: 'Save the widget' }).click();
    await widgets.first().getByText('One figure · Departures · last 6 h').waitFor();

    await page.getByRole('link', { name: 'Show it' }).click();
    await page
      .getByRole('region', { name: 'Departures' })
      .getByText('4', { exact: true })
      .waitFor();
    const origins = page.getByRole('table', { name: 'Worst origins' });
    await origins.getByText('LAX').waitFor();
    await send(workspace, JSON.stringify(flightEvent({}, { origin: 'SEA', delay: 90 })));
    await origins.getByText('SEA').waitFor({ timeout: 20_000 });

    await page.getByRole('link', { name: 'Worst origins' }).click();
    await page.getByRole('heading', { name: 'Worst delay' }).waitFor();
    await workspace.ask(
      'mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { userErrors { message } } }',
      {
        input: {
          name: 'Nothing is late',
          metricId: new URL(page.url()).pathname.split('/').at(-1),
          operator: 'BELOW',
          threshold: 1,
        },
      },
    );
    await page.getByRole('button', { name: 'Delete…' }).click();
    const question = page.getByRole('dialog', { name: 'Delete “Worst delay”?' });
    await question.getByText('Worst origins on Delays').waitFor();
    const rules = question.getByRole('list', { name: 'Alert rules that go with it' });
    await rules.getByText('Nothing is late').waitFor();
    await question.getByRole('button', { name: 'Delete the metric' }).click();
    const metrics = page.getByRole('list', { name: 'Metrics' });
    await metrics.getByText('Average delay by origin').first().waitFor();
    expect(await metrics.getByText('Worst delay').count()).toBe(0);
    const left = async () => {
      const { data } = await workspace.ask('{ workspace { alertRules { name } } }');
      return data.workspace.alertRules;
    };
    await expect.poll(left).toEqual([{ name: 'Average delay' }]);
    await page.getByRole('link', { name: 'Dashboards' }).click();
    await page.getByRole('link', { name: 'Delays' }).click();
    await page.getByRole('region', { name: 'Departures' }).waitFor();
    expect(await origins.count()).toBe(0);
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Delete the dashboard…' }).click();
    await page.getByRole('button', { name: 'Delete the dashboard', exact: true }).click();
    await page.getByRole('heading', { name: 'US flights' }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('who may not read pipelines makes a metric of what was seen of a source', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify(flights()));
    const { data } = await workspace.ask(
      'mutation ($input: CreateRoleInput!) { createRole(input: $input) { role { id } } }',
      { input: { name: 'Analyst', scopes: ['read:analytics', 'write:analytics'] } },
    );
    await using browser = await openPage(desktop);
    const { page } = browser;
    await join(page, workspace, { role: 'CUSTOM', customRoleId: data.createRole.role.id });
    await page.getByRole('link', { name: 'Metrics', exact: true }).click();
    await page.getByRole('link', { name: 'New metric' }).click();
    const type = page.getByLabel('Event type');
    await expect.poll(() => type.inputValue(), { timeout: 20_000 }).toBe('flight.departed');
    await page.getByLabel('Figure').selectOption({ label: 'Sum' });
    await page.getByLabel('Field', { exact: true }).fill('delay');
    await page.getByRole('button', { name: 'Create the metric' }).click();
    await page.getByRole('heading', { name: 'Sum of delay' }).waitFor();
    await page.goto(`${url}/sources/export`);
    await page.getByLabel('Source').selectOption({ label: 'Flights' });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await download).suggestedFilename()).toMatch(/^events-.*\.ndjson$/);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });

  test('on a phone who may only read looks at all of it, and is offered no change', async () => {
    const workspace = await createFlightsWorkspace(url);
    await send(workspace, JSON.stringify(flights()));
    await using browser = await openPage(phone);
    const { page } = browser;
    await join(page, workspace, { role: 'VIEWER' });
    expect(await page.getByRole('link', { name: 'Edit' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'New dashboard' }).count()).toBe(0);

    await page.getByRole('button', { name: /menu/i }).click();
    await page.getByRole('link', { name: 'Metrics', exact: true }).click();
    await page.getByRole('link', { name: 'Average delay by origin' }).waitFor();
    expect(await page.getByRole('link', { name: 'New metric' }).count()).toBe(0);
    await expectFits(page, 'list');
    await page.getByRole('link', { name: 'Average delay by origin' }).click();
    await page
      .getByRole('table', { name: /by origin_label$/ })
      .getByText('LAX')
      .waitFor();
    expect(await page.getByRole('region', { name: 'Manage' }).count()).toBe(0);
    await expectFits(page, 'metric');
    await page.goto(`${url}/dashboards/${workspace.dashboardId}/edit`);
    await page.getByText('Your role does not allow this').waitFor();
    await page.goto(`${url}/analytics/metrics/new`);
    await page.getByText('Your role does not allow this').waitFor();
    expect(browser.complaints).toEqual([]);
  });
});
