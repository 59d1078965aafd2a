import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';
import type { Given } from './given.ts';

const mistakes = z.array(
  z.object({ message: z.string(), field: z.array(z.string()).nullable().optional() }),
);
const previewSchema = z.object({
  previewImport: z.object({
    preview: z.object({ mapping: z.record(z.string(), z.unknown()) }).nullable(),
    userErrors: mistakes,
  }),
});
const startSchema = z.object({ startImport: z.object({ userErrors: mistakes }) });

const previewQuery = `query ($input: PreviewImportInput!) { previewImport(input: $input) {
  preview { mapping { layout delimiter hasHeader encoding eventType eventSource timeColumn timeFormat idColumn
    subjectColumn fields { column name type } } }
  userErrors { message field } } }`;

/** Starts with the mapping that is proposed, and what was typed instead of it. @throws CommandError. */
export async function startImport(ask: Ask, id: string, given: Given): Promise<void> {
  const { previewImport } = await ask(previewSchema, previewQuery, { input: { id } });
  refuse(previewImport.userErrors);
  const mapping = { ...previewImport.preview?.mapping, ...changesOf(given) };
  const { startImport: started } = await ask(
    startSchema,
    'mutation ($input: StartImportInput!) { startImport(input: $input) { userErrors { message field } } }',
    { input: { id, mapping } },
  );
  refuse(started.userErrors);
}

function changesOf({ type, time, 'time-format': timeFormat, id, subject }: Given) {
  return {
    ...(type !== undefined && { eventType: type }),
    ...(time !== undefined && { timeColumn: time }),
    ...(timeFormat !== undefined && { timeFormat }),
    ...(id !== undefined && { idColumn: id }),
    ...(subject !== undefined && { subjectColumn: subject }),
  };
}

function refuse(userErrors: z.infer<typeof mistakes>): void {
  if (userErrors.length === 0) return;
  const lines = userErrors.map(({ message, field }) =>
    [field?.slice(1).join('.'), message].filter(Boolean).join(': '),
  );
  throw new CommandError(lines.join('\n'));
}
