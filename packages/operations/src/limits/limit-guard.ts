/** Limits before the work: the text's when it is parsed, the operation's before it is validated. */
import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import { type LimitViolation, limitError } from './limit-violation.ts';
import type { LimitsConfiguration } from './limits-configuration.ts';
import { measureOperation } from './measure-operation.ts';
import { parseWithinLimits, tooDeep, tooManyTokens } from './parse-within-limits.ts';

export interface LimitGuard {
  /** @throws GraphQLError, of syntax or, when limits are enforced, of tokens. */
  parse(text: string): DocumentNode;
  /** The errors that refuse the operation; none when it is within its limits or only measured. */
  checkOperation(document: DocumentNode, operation: OperationDefinitionNode): GraphQLError[];
  /** The same of its static cost, which depends on the request's variables. */
  checkCost(cost: number): GraphQLError | undefined;
}

export interface LimitGuardOptions {
  limits: LimitsConfiguration;
  /** Hears of every violation, enforced or not. */
  onViolation: (violation: LimitViolation) => void;
}

const dimensions = ['depth', 'aliases', 'directives', 'rootFields', 'fields'] as const;

/** What reads texts without limit must still end: ten times the limit of tokens is read when measuring. */
const measuredTokensFactor = 10;

export function createLimitGuard({ limits, onViolation }: LimitGuardOptions): LimitGuard {
  const enforced = limits.mode === 'enforce';

  const report = (violation: LimitViolation): GraphQLError[] => {
    onViolation(violation);
    return enforced ? [limitError(violation)] : [];
  };

  return {
    parse(text) {
      const maxTokens = enforced ? limits.tokens : limits.tokens * measuredTokensFactor;
      try {
        const document = parseWithinLimits(text, maxTokens);
        if ((document.tokenCount ?? 0) > limits.tokens) report(tooManyTokens(limits.tokens));
        return document;
      } catch (error) {
        if (isTokenError(error)) onViolation(tooManyTokens(limits.tokens));
        throw error;
      }
    },
    checkOperation(document, operation) {
      try {
        const figures = measureOperation(document, operation);
        return dimensions.flatMap((dimension) => {
          const [limit, found] = [limits[dimension], figures[dimension]];
          return found > limit ? report({ dimension, limit, found }) : [];
        });
      } catch (error) {
        if (error instanceof RangeError) return [tooDeep()];
        throw error;
      }
    },
    checkCost(cost) {
      if (cost <= limits.cost) return undefined;
      return report({ dimension: 'cost', limit: limits.cost, found: cost })[0];
    },
  };
}

function isTokenError(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions.dimension === 'tokens';
}
