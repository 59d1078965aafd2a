import { getOperationAST, parse, print, validate } from 'graphql';
import {
  compileAuthorization,
  type RestrictedOperation,
} from '../../src/operations/authorization/compile-authorization.ts';
import type { AccessClaims } from '../../src/operations/authorization/is-met.ts';
import type { ComposedSupergraph } from './composed-supergraph.ts';

export interface Restriction {
  /** On one line; undefined when nothing is left. */
  left: string | undefined;
  /** What an error each would say, once per message. */
  denied: string[];
  restricted: RestrictedOperation;
}

/** What is left of an operation for somebody; the operation and what is left of it are valid. */
export function restrict(
  supergraph: ComposedSupergraph,
  text: string,
  claims: Partial<AccessClaims> = {},
  operationName?: string,
): Restriction {
  const document = parse(text, { noLocation: true });
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error(`no operation ${operationName ?? ''} in ${text}`);
  assertValid(supergraph, text);
  const authorization = compileAuthorization({ supergraph, document, operation });
  const unmet = authorization.unmet({
    authenticated: false,
    scopes: [],
    policies: [],
    ...claims,
  });
  const restricted = authorization.restrict(unmet);
  const left = restricted.document && print(restricted.document);
  if (left !== undefined) assertValid(supergraph, left);
  return {
    left: left?.replaceAll(/\s+/g, ' '),
    denied: [
      ...new Set([...restricted.denied.values()].map(({ code, message }) => `${code} ${message}`)),
    ].sort(),
    restricted,
  };
}

function assertValid({ apiSchema }: ComposedSupergraph, text: string): void {
  const errors = validate(apiSchema, parse(text));
  if (errors.length > 0) throw new AggregateError(errors, `${text}: ${errors.join(', ')}`);
}
