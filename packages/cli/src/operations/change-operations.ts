/** What changes a client's operations: pushing a version, activating, rolling back, retiring. */
import { describeProblem, type OperationProblem, readOperationFiles } from '@tributary/operations';
import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';
import type { Client } from './find-clients.ts';

const problemSchema = z.object({
  operationId: z.string(),
  origin: z.string(),
  line: z.int(),
  column: z.int(),
  message: z.string(),
}) satisfies z.ZodType<OperationProblem>;

const payloadSchema = z.object({
  manifest: z.object({ version: z.int(), state: z.string(), operationCount: z.int() }).nullable(),
  problems: z.array(problemSchema),
  userErrors: z.array(z.object({ message: z.string() })),
});

export interface Changed {
  version: number;
  state: string;
  operationCount: number;
  problems: OperationProblem[];
}

const inputTypes = {
  pushOperations: 'PushOperationsInput',
  activateOperations: 'OperationVersionInput',
  rollBackOperations: 'RollBackOperationsInput',
  retireOperations: 'OperationVersionInput',
} as const;

/** @throws CommandError with every reason why nothing changed. */
export async function changeOperations(
  ask: Ask,
  mutation: keyof typeof inputTypes,
  input: Record<string, unknown>,
): Promise<Changed> {
  const document = `mutation ChangeOperations($input: ${inputTypes[mutation]}!) {
    payload: ${mutation}(input: $input) {
      manifest { version state operationCount }
      problems { operationId origin line column message }
      userErrors { message }
    }
  }`;
  const schema = z.object({ payload: payloadSchema });
  const { manifest, problems, userErrors } = (await ask(schema, document, { input })).payload;
  if (manifest) return { ...manifest, problems };
  const reasons = [...userErrors.map(({ message }) => message), ...problems.map(describeProblem)];
  throw new CommandError(reasons.join('\n'));
}

/** Registers all operations of these files and folders as a client's next version. */
export async function pushFiles(
  ask: Ask,
  { id: clientId }: Client,
  { paths, note }: { paths: readonly string[]; note: string },
): Promise<Changed> {
  const read = await Promise.all(paths.map(readOperationFiles)).catch((error: Error) => {
    throw new CommandError(error.message);
  });
  return changeOperations(ask, 'pushOperations', { clientId, note, files: read.flat() });
}
