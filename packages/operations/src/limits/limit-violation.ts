import { GraphQLError } from 'graphql';
import type { LimitsConfiguration } from './limits-configuration.ts';

export type LimitedDimension = Exclude<keyof LimitsConfiguration, 'mode'>;

/** One limit that an operation is over. */
export interface LimitViolation {
  dimension: LimitedDimension;
  limit: number;
  /** Of tokens, one more than the limit: nobody counts further. */
  found: number;
}

const words: Record<LimitedDimension, string> = {
  tokens: 'tokens',
  depth: 'levels of nested fields',
  aliases: 'aliases',
  directives: 'directives',
  rootFields: 'root fields',
  fields: 'fields',
  cost: 'units of cost',
};

/** The violation as a client sees it; `extensions` is the violation and its code. */
export function limitError(violation: LimitViolation): GraphQLError {
  const { dimension, limit, found } = violation;
  const figure = dimension === 'tokens' ? `more than ${limit}` : found;
  return new GraphQLError(
    `The operation has ${figure} ${words[dimension]}; the limit is ${limit}.`,
    { extensions: { code: 'OPERATION_TOO_COMPLEX', dimension, limit, found } },
  );
}
