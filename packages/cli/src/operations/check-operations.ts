/** Which operations a supergraph would break: those of files, or those that partners run now. */
import {
  checkOperation,
  describeProblem,
  type OperationRules,
  type RegisteredOperation,
  readOperationFiles,
  readOperationRules,
  readOperations,
  readSettings,
  readSupergraphText,
} from '@tributary/operations';
import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';
import type { Client } from './find-clients.ts';

export interface RulesLocation {
  /** Path or URL of the composed supergraph. */
  supergraph: string;
  /** Path of a gateway's file of settings. */
  config: string | undefined;
}

/** @throws CommandError saying what cannot be read. */
export async function readRules({ supergraph, config }: RulesLocation): Promise<OperationRules> {
  try {
    return await readOperationRules({
      supergraph: await readSupergraphText(supergraph),
      settings: config === undefined ? {} : await readSettings(config),
      introspection: true,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${supergraph} cannot be read: ${reason}`);
  }
}

export interface Checked {
  operations: number;
  /** A line for each place at which one of them could not run. */
  problems: string[];
}

/** @throws CommandError naming a file that cannot be read. */
export async function checkFiles(
  paths: readonly string[],
  rules: OperationRules,
): Promise<Checked> {
  return check(await readAll(paths), rules);
}

async function readAll(paths: readonly string[]): Promise<RegisteredOperation[]> {
  try {
    const files = (await Promise.all(paths.map(readOperationFiles))).flat();
    return files.flatMap(readOperations);
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

const activeSchema = z.object({
  workspace: z.object({
    apiClient: z
      .object({
        activeManifest: z
          .object({
            version: z.int(),
            operations: z.array(z.object({ operationId: z.string(), text: z.string() })),
          })
          .nullable(),
      })
      .nullable(),
  }),
});

const activeQuery = `query ActiveOperations($id: ID!) {
  workspace { apiClient(id: $id) { activeManifest { version operations { operationId text } } } }
}`;

/** The operations that run now, of these clients. */
export async function checkActive(
  ask: Ask,
  clients: readonly Client[],
  rules: OperationRules,
): Promise<Checked> {
  const all: Checked = { operations: 0, problems: [] };
  for (const { id, name } of clients) {
    const { workspace } = await ask(activeSchema, activeQuery, { id });
    const { version, operations } = workspace.apiClient?.activeManifest ?? { operations: [] };
    const registered = operations.map(({ operationId, text }) => {
      const origin = `${name}, version ${version}, operation ${operationId}`;
      return { id: operationId, text, origin };
    });
    const checked = check(registered, rules);
    all.operations += checked.operations;
    all.problems.push(...checked.problems);
  }
  return all;
}

function check(operations: readonly RegisteredOperation[], rules: OperationRules): Checked {
  const problems = operations.flatMap((operation) => checkOperation(operation, rules));
  return { operations: operations.length, problems: problems.map(describeProblem) };
}
