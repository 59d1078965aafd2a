import { type DocumentNode, GraphQLError, Lexer, parse, Source, TokenKind } from 'graphql';
import { type LimitViolation, limitError } from './limit-violation.ts';

/**
 * Parses no further than the limit of tokens, and no deeper than the stack allows.
 * @throws GraphQLError: OPERATION_TOO_COMPLEX, or GRAPHQL_PARSE_FAILED with its place.
 */
export function parseWithinLimits(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    if (!(error instanceof GraphQLError)) throw error;
    if (hasMoreTokens(text, maxTokens)) throw limitError(tooManyTokens(maxTokens));
    throw new GraphQLError(error.message, {
      ...(error.source && { source: error.source }),
      ...(error.positions && { positions: error.positions }),
      extensions: { code: 'GRAPHQL_PARSE_FAILED' },
    });
  }
}

export function tooManyTokens(limit: number): LimitViolation {
  return { dimension: 'tokens', limit, found: limit + 1 };
}

/** What reads documents recurses; the end of the stack is a limit too, in every mode. */
export function tooDeep(): GraphQLError {
  return new GraphQLError('The operation is nested too deeply to be read.', {
    extensions: { code: 'OPERATION_TOO_COMPLEX', dimension: 'depth' },
  });
}

function hasMoreTokens(text: string, limit: number): boolean {
  const lexer = new Lexer(new Source(text));
  try {
    for (let count = 0; lexer.advance().kind !== TokenKind.EOF; ) {
      count += 1;
      if (count > limit) return true;
    }
    return false;
  } catch {
    return false;
  }
}
