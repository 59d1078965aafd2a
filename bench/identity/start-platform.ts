import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startStack } from '@tributary/local-stack';

/** Nothing is refused for its number; people come from wherever they say. */
const configuration = { rateLimits: { enabled: false, trustedProxies: 1 } };

/** The whole platform on this machine, gone afterwards. */
export async function startPlatform() {
  await using resources = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'tributary-bench-identity-'));
  resources.defer(() => rm(directory, { recursive: true, force: true }));
  const CONFIG = join(directory, 'gateway.json');
  await writeFile(CONFIG, JSON.stringify(configuration));
  const stack = resources.use(
    await startStack({
      home: directory,
      port: await freePort(),
      logLevel: 'warn',
      environment: { ...process.env, CONFIG },
    }),
  );
  const owned = resources.move();
  return {
    url: stack.url,
    supervisor: stack.supervisor,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
