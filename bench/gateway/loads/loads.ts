import type { Operation } from '../topology/reference-answer.ts';
import { heavy, small } from './operations.ts';

export interface ThroughputLoad {
  title: string;
  operation: Operation;
  /** Whether every request has a seed of its own. */
  different: boolean;
  signedIn: boolean;
}

/** As many requests as the connections carry, each sent when the answer before it has come. */
export const throughputLoads = {
  'heavy-identical': {
    title: 'Heavy query, always the same',
    operation: heavy,
    different: false,
    signedIn: false,
  },
  'heavy-different': {
    title: 'Heavy query, every request different',
    operation: heavy,
    different: true,
    signedIn: false,
  },
  'small-identical': {
    title: 'Small query, always the same',
    operation: small,
    different: false,
    signedIn: false,
  },
  'small-signed-in': {
    title: 'Small query, every request different, signed-in user',
    operation: small,
    different: true,
    signedIn: true,
  },
} satisfies Record<string, ThroughputLoad>;

export type ThroughputLoadName = keyof typeof throughputLoads;

export const loadNames = [
  ...(Object.keys(throughputLoads) as ThroughputLoadName[]),
  'isolation',
  'memory',
] as const;

export type LoadName = (typeof loadNames)[number];
