import { cpus, totalmem } from 'node:os';
import { type GatewayName, gateways } from '../gateways/gateways.ts';
import { peerVersion } from '../gateways/install-peers.ts';

/** Where and with what it was measured, in one line each. */
export async function describeRun(names: readonly GatewayName[]): Promise<string[]> {
  const packages = new Set(names.flatMap((name): readonly string[] => gateways[name].packages));
  const versions = await Promise.all(
    [...packages].map(async (name) => `${name} ${await peerVersion(name)}`),
  );
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cores.length} cores (${cores[0]?.model ?? 'unknown'}), ${memory} GB, Node ${process.versions.node}`,
    ...(versions.length > 0 ? [versions.join(', ')] : []),
  ];
}
