import type { GatewayName } from './gateways/gateways.ts';
import type { LoadName, ThroughputLoadName } from './loads/loads.ts';
import type { MemoryFigures } from './measure/measure-memory.ts';
import type { ThroughputFigures } from './measure/measure-throughput.ts';
import type { IsolationComparison } from './run-loads.ts';

/** What became of one gateway under one load. */
export type Outcome = { gateway: GatewayName } & (
  | { kind: 'throughput'; load: ThroughputLoadName; figures: ThroughputFigures }
  | { kind: 'isolation'; load: 'isolation'; figures: IsolationComparison }
  | { kind: 'memory'; load: 'memory'; figures: MemoryFigures }
  | { kind: 'broken'; load: LoadName; reason: string }
);

export type OutcomeOf<Kind extends Outcome['kind']> = Extract<Outcome, { kind: Kind }>;
