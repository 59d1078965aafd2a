import { z } from 'zod';
import { findUnstorable } from '../pipeline/unstorable.ts';

const isStorable = (value: unknown): boolean => findUnstorable(value) === undefined;

/** A name that people give to things. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(256, 'must be at most 256 characters')
  .refine(isStorable, 'must be text without NUL characters');

/** Any JSON that PostgreSQL's jsonb can hold, of at most 256 KB. */
export const jsonSchema = z
  .unknown()
  .refine(
    isStorable,
    'must be JSON without NUL characters or lone surrogates, nested at most 64 levels deep',
  )
  .refine(
    (value) => !isStorable(value) || (JSON.stringify(value)?.length ?? 0) <= 262_144,
    'must be at most 256 KB',
  );

const stages = ['ACCEPT', 'VALIDATE', 'TRANSFORM', 'ENRICH', 'ROUTE'] as const;

/** Which dead letters are meant. */
export const filterSchema = z.object({
  sourceId: z.uuid('must be the id of a source').nullish(),
  stage: z.enum(stages).nullish(),
  cause: z.string().refine(isStorable, 'must be text without NUL characters').nullish(),
  field: z.string().refine(isStorable, 'must be text without NUL characters').nullish(),
});

export type DeadLetterFilterInput = z.input<typeof filterSchema>;
