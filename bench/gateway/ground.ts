import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyPair, startOrphanGuard } from '@tributary/local-stack';
import type { GatewaySetup } from './gateways/gateway-setup.ts';
import { type RunningGateway, startGateway } from './gateways/start-gateway.ts';
import { composeSupergraph } from './topology/compose-supergraph.ts';
import { startSubgraphs } from './topology/start-subgraphs.ts';
import { startTokenIssuer } from './topology/token-issuer.ts';

/** What every gateway stands on: subgraphs, their supergraph, and somebody who signs tokens. */
export async function prepareGround() {
  await using resources = new AsyncDisposableStack();
  const guard = resources.use(startOrphanGuard());
  const subgraphs = resources.use(await startSubgraphs());
  const issuer = resources.use(await startTokenIssuer());
  const directory = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  resources.defer(() => rm(directory, { recursive: true }));
  const supergraph = join(directory, 'supergraph.graphql');
  await writeFile(supergraph, composeSupergraph(subgraphs.baseUrl));
  const passport = await createKeyPair();
  const environment = {
    ...issuer.environment,
    PASSPORT_PRIVATE_KEY: JSON.stringify(passport.privateKey),
  };
  const owned = resources.move();

  return {
    subgraphs,
    tokens: issuer.tokens,
    start: (setup: GatewaySetup): Promise<RunningGateway> =>
      startGateway({ setup, supergraph, environment, guard, logPath: join(directory, 'log') }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export type Ground = Awaited<ReturnType<typeof prepareGround>>;
