import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { startTestSupergraph, type TestSupergraph } from './test-supergraph.ts';

export interface TestGateway extends GatewayProcess {
  supergraph: TestSupergraph;
}

/** A gateway before the test supergraph, both gone when it is disposed of. */
export async function startTestGateway(): Promise<TestGateway> {
  await using starting = new AsyncDisposableStack();
  const supergraph = starting.use(await startTestSupergraph());
  const gateway = starting.use(await startGateway({ supergraph: supergraph.path }));
  const resources = starting.move();
  return { ...gateway, supergraph, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
