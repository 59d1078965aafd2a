/** What partners' operations are held to: the supergraph and the settings that gateways serve by. */

import { setImmediate as turn } from 'node:timers/promises';
import {
  checkOperation,
  type OperationProblem,
  type OperationRules,
  type RegisteredOperation,
  readOperationRules,
  readSettings,
  readSupergraphText,
} from '@tributary/operations';

/** Every place at which one of them could not run now. @throws when the supergraph cannot be read. */
export type CheckOperations = (
  operations: readonly RegisteredOperation[],
) => Promise<OperationProblem[]>;

export interface OperationRulesOptions {
  /** Path or URL of the supergraph. */
  supergraph: string;
  /** Path of the gateway's file of settings; undefined: everything as by default. */
  settings: string | undefined;
  introspection: boolean;
}

/** The supergraph is looked at for every check, and built anew only when it is another one. */
export function createCheckOperations(options: OperationRulesOptions): CheckOperations {
  let known: { supergraph: string; rules: OperationRules } | undefined;

  async function currentRules(): Promise<OperationRules> {
    const { settings: path, introspection } = options;
    const supergraph = await readSupergraphText(options.supergraph);
    if (known?.supergraph === supergraph) return known.rules;
    const settings = path === undefined ? {} : await readSettings(path);
    const rules = await readOperationRules({ supergraph, settings, introspection });
    known = { supergraph, rules };
    return rules;
  }

  return async (operations) => {
    const rules = await currentRules();
    const problems: OperationProblem[] = [];
    for (const operation of operations) {
      problems.push(...checkOperation(operation, rules));
      // Thousands of them take seconds, in which others are served.
      await turn();
    }
    return problems;
  };
}
