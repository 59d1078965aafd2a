import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { freePort } from '@tributary/local-stack';
import { expect, test } from 'vitest';
import { askStack } from './support/ask.ts';
import { flightEvent } from './support/flight-event.ts';
import { send } from './support/send.ts';
import { runStartCommand } from './support/start-command.ts';

/** Processes that carry a path in their command line or environment, as Linux tells. */
function processesWith(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path) ||
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(path)
        );
      } catch {
        return false;
      }
    });
}

test('the start command serves the demo, beside another copy, and Ctrl-C leaves no process behind', {
  timeout: 240_000,
}, async () => {
  await using first = await runStartCommand();
  await using second = await runStartCommand();
  for (const copy of [first, second]) {
    await expect.poll(copy.output, { timeout: 120_000 }).toContain('Tributary is running.');
    const [, email, password] = copy.output().match(/Sign in +(\S+) +password: (\S+)/) ?? [];
    const [, writeKey] = copy.output().match(/Bearer (tw_[\w-]+)/) ?? [];
    const signedIn = await askStack(copy.url)(
      'mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }',
      { input: { email, password } },
    );
    const ask = askStack(copy.url, signedIn.data.signIn.session.accessToken);
    const departures = async () => {
      const { data } = await ask(
        '{ workspace { dashboards { edges { node { name widgets { title metric { value } } } } } } }',
      );
      return data.workspace.dashboards.edges[0].node.widgets[0].metric.value;
    };
    await expect.poll(departures, { timeout: 60_000 }).toBeGreaterThan(1_000);
    expect(
      (await send({ url: copy.url, writeKey: writeKey ?? '' }, JSON.stringify(flightEvent())))
        .status,
    ).toBe(200);
    expect(
      (await fetch(copy.url, { headers: { accept: 'text/html' } })).headers.get('content-type'),
    ).toContain('text/html');
  }
  if (process.platform === 'linux') expect(processesWith(first.home).length).toBeGreaterThan(7);
  await first.interrupt();
  if (process.platform === 'linux')
    await expect.poll(() => processesWith(first.home), { timeout: 20_000 }).toEqual([]);
  // The other copy is not touched.
  expect((await fetch(`${second.url}/health/ready`)).status).toBe(200);
});

test('a busy port is said in one line with what to do', async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  await using command = await runStartCommand({ PORT: String(port) });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(
    new RegExp(`Port ${port} is already in use. Set PORT to another one`),
  );
  expect(command.output()).not.toContain('    at ');
  server.close();
});

test('a production start refuses to make secrets or a demo account', async () => {
  await using command = await runStartCommand({ NODE_ENV: 'production' });
  expect(await command.ended).toBe(1);
  expect(command.output()).toMatch(/No keys are made in production. Set PASSPORT_PRIVATE_KEY/);
  expect(command.output()).not.toContain('Sign in');
});

test.each([
  [{ PORT: 'abc' }, 'PORT must be a number from 1 to 65535'],
  [{ TRIBUTARY_HOME: import.meta.filename }, 'Set TRIBUTARY_HOME to a folder'],
  [{ SMTP_URL: 'mail' }, 'SMTP_URL must be a URL'],
])('a wrong setting is said in one line that names it: %o', async (environment, line) => {
  await using command = await runStartCommand(environment);
  expect(await command.ended).toBe(1);
  expect(command.output()).toContain(line);
  expect(command.output()).not.toContain('    at ');
});
