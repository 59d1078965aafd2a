import { defineGatewayConfiguration } from '../../../src/configuration.ts';

/** For a gateway that goes on asking a subgraph, however it answers. */
export default defineGatewayConfiguration({
  subgraphs: { all: { breaker: { minimumFetches: 100_000 }, retries: { attempts: 0 } } },
});
