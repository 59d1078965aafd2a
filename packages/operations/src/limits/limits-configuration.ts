import { z } from 'zod';

const limit = z.int().positive();

/**
 * What an operation may be before any work is done on it. Figures count what the operation selects
 * with its fragments resolved wherever they are spread.
 */
export const limitsConfigurationSchema = z
  .strictObject({
    /** `measure` reports what is over a limit, and lets it pass. */
    mode: z.enum(['enforce', 'measure']).default('enforce'),
    /** Lexical tokens of the whole document. */
    tokens: limit.default(10_000),
    /** Fields nested in fields; a root field's is 1. */
    depth: limit.default(20),
    aliases: limit.default(100),
    /** Directives at the operation, its fields and fragments. */
    directives: limit.default(100),
    rootFields: limit.default(30),
    /** All selected fields, introspection's too. */
    fields: limit.default(2_000),
    /** Static cost, as `cost/` computes it of variables. */
    cost: limit.default(100_000),
  })
  .prefault({});

export type LimitsConfiguration = z.infer<typeof limitsConfigurationSchema>;
