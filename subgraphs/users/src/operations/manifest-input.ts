/** A version of a partner's operations as it is pushed. */
import { InputError } from '@tributary/errors';
import { type RegisteredOperation, readOperations } from '@tributary/operations';
import { z } from 'zod';

const mostOperations = 2_000;
const longestId = 256;
/** Of all operations together, in characters. */
const longestTexts = 5_000_000;

const noteSchema = z
  .string()
  .trim()
  .max(200, 'must be at most 200 characters')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not hold control characters');

export const pushSchema = z.object({
  clientId: z.string(),
  note: noteSchema,
  files: z
    .array(z.object({ name: z.string().min(1).max(1_000), content: z.string() }))
    .min(1, 'must hold at least one file')
    .max(mostOperations, `must be at most ${mostOperations} files`),
});

export type PushInput = z.infer<typeof pushSchema>;

/** The operations of all files, each once. @throws InputError naming the file and what is wrong. */
export function operationsOf({ files }: Pick<PushInput, 'files'>): RegisteredOperation[] {
  const byId = new Map<string, RegisteredOperation>();
  let characters = 0;
  for (const [index, file] of files.entries()) {
    const field = ['input', 'files', String(index)];
    for (const operation of orRefuse(field, () => readOperations(file))) {
      const known = byId.get(operation.id);
      const fault = faultOf(operation, known);
      if (fault) throw refusal(`${operation.origin}: ${fault}`, field);
      byId.set(operation.id, operation);
      characters += operation.text.length;
      if (byId.size > mostOperations || characters > longestTexts) throw tooMany();
    }
  }
  if (byId.size === 0) throw refusal('There is no operation in these files.', ['input', 'files']);
  return [...byId.values()];
}

function faultOf(
  { id, text }: RegisteredOperation,
  known: RegisteredOperation | undefined,
): string | undefined {
  if (id === '' || id.length > longestId) return `an id is a text of 1 to ${longestId} characters`;
  // What PostgreSQL cannot keep as text.
  if (/[\0\p{Cs}]/u.test(id + text)) return 'NUL characters and lone surrogates cannot be kept';
  if (known && known.text !== text) return `${known.origin} has another text by the same id`;
  return undefined;
}

function orRefuse<Read>(field: readonly string[], read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error), field);
  }
}

function tooMany(): InputError {
  const limit = `${mostOperations} operations and ${longestTexts} characters`;
  return refusal(`A version holds at most ${limit}.`, ['input', 'files']);
}

function refusal(message: string, field: readonly string[]): InputError {
  return new InputError([{ code: 'INVALID_INPUT', message, field: [...field] }]);
}
