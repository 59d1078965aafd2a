import { describe, expect, inject, test } from 'vitest';
import { findChromium, openPage } from './support/browser.ts';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { sendFlights } from './support/send-flights.ts';
import { signIn } from './support/sign-in.ts';

const executablePath = findChromium() ?? '';
const desktop = { executablePath, width: 1440, height: 900 };
const phone = { executablePath, width: 390, height: 844 };

describe.skipIf(executablePath === '')('in a browser', () => {
  test('one signs in and sees the dashboard move as flights come in, without a reload', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    await page.getByText('Live', { exact: true }).waitFor();
    const late = page
      .getByRole('region', { name: 'More than 15 minutes late' })
      .or(page.locator('article', { hasText: 'More than 15 minutes late' }));
    const origins = page.getByRole('table', { name: 'Origins with the highest average delay' });
    expect(await origins.getByText('New York (JFK)').count()).toBe(0);

    await sendFlights(workspace, 40, 12);
    await origins.getByText('New York (JFK)').waitFor({ timeout: 20_000 });
    await late.getByText('0%').first().waitFor({ timeout: 20_000 });
    await sendFlights(workspace, 40, 16);
    await late.getByText('50%').first().waitFor({ timeout: 20_000 });
    await origins
      .getByText('14.0 min')
      .or(origins.getByText('14 min'))
      .first()
      .waitFor({ timeout: 20_000 });
    expect(browser.complaints).toEqual([]);
  });

  test('an alert shows in the inbox at once, and can be marked as read', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    await page.getByText('Live', { exact: true }).waitFor();
    await sendFlights(workspace, 5, 90);
    await page
      .getByRole('log', { name: 'New notifications' })
      .getByText('Average delay is above 15')
      .waitFor({ timeout: 10_000 });
    await page.getByRole('button', { name: 'Notifications, 1 unread' }).waitFor();
    await page.goto(`${inject('stackUrl')}/inbox`);
    await page
      .getByRole('list', { name: 'Notifications' })
      .getByText('Average delay is above 15')
      .waitFor();
    await page.getByRole('button', { name: 'Mark all read' }).click();
    await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('a dead letter is found, mended and replayed', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await send(workspace, JSON.stringify(flightEvent({}, { delay: 'late' })));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    await page.goto(`${inject('stackUrl')}/sources/dead-letters`);
    await page.locator('summary', { hasText: 'data.delay' }).click();
    await page.getByRole('button', { name: /edit/i }).click();
    const editor = page.getByRole('textbox');
    await editor.fill((await editor.inputValue()).replace('"late"', '7'));
    await page
      .getByRole('button', { name: /replay/i })
      .last()
      .click();
    await expect
      .poll(
        async () =>
          (await workspace.ask('{ workspace { metrics { edges { node { name value } } } } }')).data
            .workspace.metrics.edges,
      )
      .toContainEqual({ node: { name: 'Average delay', value: 7 } });
    expect(browser.complaints).toEqual([]);
  });

  test('the explorer works without internet and answers across all four subgraphs', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    await page.getByRole('link', { name: 'Explorer' }).click();
    // The editors arrive one after the other; the answer needs the second.
    await page.locator('.graphiql-response .monaco-editor').first().waitFor({ timeout: 60_000 });
    const [response] = await Promise.all([
      page.waitForResponse(async (answer) =>
        (await answer.text()).includes('"openDeadLetterCount"'),
      ),
      page.getByRole('button', { name: /execute query/i }).click(),
    ]);
    expect(await response.json()).not.toHaveProperty('errors');
    await page.locator('.graphiql-response').getByText('"viewer"').first().waitFor();
    expect(browser.complaints).toEqual([]);
  });

  test('everything fits a phone and is reached from its menu', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await sendFlights(workspace, 40, 20);
    await using browser = await openPage(phone);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    for (const name of ['Alerts', 'Sources', 'Outbox', 'Dashboards']) {
      await page.getByRole('button', { name: /menu/i }).click();
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - window.innerWidth',
      );
      expect(overflow, name).toBeLessThanOrEqual(0);
    }
    expect(browser.complaints).toEqual([]);
  });

  test('an expired session leads back to the sign-in, with a word why', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, inject('stackUrl'));
    await page.context().clearCookies();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page
      .getByText(/session|sign in again|expired/i)
      .first()
      .waitFor();
  });
});
