import { describe, expect, inject, test } from 'vitest';
import { findChromium, openPage } from './support/browser.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { sendFlights } from './support/send-flights.ts';
import { signIn } from './support/sign-in.ts';
import { startWire } from './support/wire.ts';

const executablePath = findChromium() ?? '';
const desktop = { executablePath, width: 1440, height: 900 };

/** Keeps what the page says of its connection, however briefly, oldest first. */
const recordStatus = `
  window.said = [];
  const note = () => {
    const all = [...document.querySelectorAll('[role=status]')].map((status) => status.textContent);
    const text = all.find((each) => /^(Connecting|Live|Stalled|Catching)/.test(each));
    if (text && window.said.at(-1) !== text) window.said.push(text);
  };
  const everything = { childList: true, characterData: true, subtree: true };
  new MutationObserver(note).observe(document.body, everything);
  note();
`;

describe.skipIf(executablePath === '')('in a browser whose machine sleeps', () => {
  test('the dashboard says since when it is stalled, catches up, and then shows what happened meanwhile', async () => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    await using wire = await startWire(inject('stackUrl'));
    await using browser = await openPage(desktop);
    const { page } = browser;
    await signIn(page, workspace, wire.url);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.evaluate('window.neverReloaded = true');
    await page.evaluate(recordStatus);
    const origins = page.getByRole('table', { name: 'Origins with the highest average delay' });
    expect(await origins.getByText('New York (JFK)').count()).toBe(0);

    wire.cut();
    await page.context().setOffline(true);
    await page.getByText(/^Stalled since \d\d:\d\d:\d\d/).waitFor({ timeout: 30_000 });
    await sendFlights(workspace, 40, 12);
    wire.mend();
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 30_000 });
    await origins.getByText('New York (JFK)').waitFor({ timeout: 20_000 });

    expect(await page.evaluate('window.neverReloaded')).toBe(true);
    expect(await page.evaluate('window.said')).toEqual([
      'Live',
      expect.stringMatching(/^Stalled since /),
      'Catching up…',
      'Live',
    ]);
  });
});
