/** A request's way through the gateway once it is known who asks: text → compiled → planned → answer. */
import type { Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import { coerceVariables } from '../execute/execute-operation.ts';
import type { WrittenAnswer } from '../execute/projection/write-answer.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import type { GraphQLRequest } from './graphql-request.ts';
import { createShareInFlight } from './share-in-flight.ts';

export type OperationAnswer =
  | ({ kind: 'executed' } & WrittenAnswer)
  | { kind: 'refused'; errors: readonly GraphQLError[] };

export interface OperationRequest extends GraphQLRequest {
  /** What the transport can carry. */
  kinds: readonly CompiledOperation['kind'][];
}

/** @throws TributaryError for what cannot be planned or run for the moment. */
export type AnswerOperation = (
  engine: Engine,
  request: OperationRequest,
  context: Context,
) => Promise<OperationAnswer>;

export function createAnswerOperation(): AnswerOperation {
  const share = createShareInFlight<WrittenAnswer>();

  return async (engine, request, context) => {
    if (request.query === undefined) {
      throw new TributaryError('INVALID_INPUT', 'query: expected the text of an operation.', [
        'query',
      ]);
    }
    const { query: text, operationName } = request;
    const compiled = engine.operations.compile({ text, operationName });
    if (compiled.kind === 'invalid') return { kind: 'refused', errors: compiled.errors };
    assertKind(compiled, request.kinds);
    const checked = coerceVariables(engine.supergraph.apiSchema, compiled, request.variables);
    if (checked.errors) return { kind: 'refused', errors: checked.errors.map(asBadInput) };
    const { variables } = checked;
    const unmet = '';
    const planned = await compiled.plan(unmet);
    const run = (signal: AbortSignal | undefined) =>
      engine.execute(compiled, planned, { variables, context: { ...context, signal } });
    const answer =
      compiled.kind === 'query'
        ? await share(shareKey(compiled, request, context.principal), context.signal, run)
        : await run(undefined);
    return { kind: 'executed', ...answer };
  };
}

function assertKind({ kind }: CompiledOperation, kinds: OperationRequest['kinds']): void {
  if (kinds.includes(kind)) return;
  const how = {
    query: 'over HTTP',
    mutation: 'with POST',
    subscription: 'over a WebSocket at /graphql (protocol graphql-transport-ws)',
  };
  const code = kind === 'mutation' ? 'METHOD_NOT_ALLOWED' : 'INVALID_INPUT';
  throw new TributaryError(code, `Send a ${kind} ${how[kind]}.`);
}

function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** The same operation with the same variables by the same principal. */
function shareKey({ id }: CompiledOperation, { variables }: GraphQLRequest, principal: Principal) {
  return `${id} ${principalKey(principal)} ${JSON.stringify(variables)}`;
}

const principalKeys = new WeakMap<Principal, string>();

/** Verified principals are kept, so that each is written out once. */
function principalKey(principal: Principal): string {
  const known = principalKeys.get(principal);
  if (known) return known;
  const key = JSON.stringify(principal);
  principalKeys.set(principal, key);
  return key;
}
