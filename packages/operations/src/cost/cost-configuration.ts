import { z } from 'zod';

const weight = z.number().nonnegative();

/** Weights of what the schema gives none; the defaults are Apollo Router's. */
export const costConfigurationSchema = z
  .strictObject({
    /** Of a field that returns an object, interface or union, each. */
    object: weight.default(1),
    /** Of a field that returns a scalar or an enum. */
    leaf: weight.default(0),
    /** Of an input object that is given. */
    inputObject: weight.default(1),
    /** Of a mutation, once. */
    mutation: weight.default(10),
    /** Entries of a list of which the schema says nothing. */
    listSize: z.int().positive().default(10),
  })
  .prefault({});

export type CostConfiguration = z.infer<typeof costConfigurationSchema>;
