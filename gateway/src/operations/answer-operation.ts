/** A request's way through the gateway once it is known who asks: text or id → compiled → within limits → planned → answer. */
import { TributaryError } from '@tributary/errors';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import { coerceVariables, type Variables } from '../execute/execute-operation.ts';
import type { WrittenAnswer } from '../execute/projection/write-answer.ts';
import { startFlight } from '../flights/flight.ts';
import { createSharedFlights } from '../flights/shared-flights.ts';
import { accessClaims } from '../identity/access-claims.ts';
import { askerKey } from '../identity/asker-key.ts';
import type { Asker } from '../rate-limits/asker.ts';
import { overBudget } from '../rate-limits/over-budget.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import type { RateVerdict } from '../rate-limits/rate-verdict.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { traceSteps } from '../telemetry/trace-steps.ts';
import type { CompiledOperation, PlannedOperation } from './compiled-operation.ts';
import type { GraphQLRequest } from './graphql-request.ts';
import type { OperationUsage } from './partners/operation-usage.ts';
import type { ClientIdentity } from './persisted/operation-source.ts';
import type { Resolution } from './persisted/resolve-operation.ts';

export type OperationAnswer =
  | ({ kind: 'executed'; operation: CompiledOperation } & AnswerBytes)
  | { kind: 'refused'; errors: readonly GraphQLError[] }
  | { kind: 'limited'; verdict: RateVerdict };

export interface AnswerBytes {
  /** Encoded once for all that share it; a short one stays text, which leaves in one piece with its headers. */
  body: Buffer | string;
  hasErrors: boolean;
}

export interface OperationRequest extends GraphQLRequest {
  /** What the transport can carry. */
  kinds: readonly CompiledOperation['kind'][];
  client: ClientIdentity;
  asker: Asker;
}

/**
 * @throws TributaryError for what cannot be found, planned or run for the moment, and the reason of the
 *   context's signal when whoever asked has left.
 */
export type AnswerOperation = (
  engine: Engine,
  request: OperationRequest,
  context: Context,
) => Promise<OperationAnswer>;

export interface AnswerOperationOptions {
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
  /** An identical request's answer was on its way, or not. */
  onShare: (shared: boolean) => void;
  telemetry: Telemetry;
  /** Undefined where what partners ask is not counted. */
  usage: OperationUsage | undefined;
}

interface ReadyOperation {
  compiled: CompiledOperation;
  planned: PlannedOperation;
  /** What authorization keeps from the principal now. */
  unmet: string;
  variables: Variables;
}

export function createAnswerOperation(options: AnswerOperationOptions): AnswerOperation {
  const { rateLimits, telemetry, usage } = options;
  const flights = createSharedFlights<AnswerBytes>({ onJoin: options.onShare });

  return async (engine, request, context) => {
    const { principal } = context;
    const found = engine.resolveOperation(request.parameters, request.client, principal);
    const resolution = found instanceof Promise ? await found : found;
    const answer = () => answerResolved(engine, { ...request, resolution }, context);
    return usage ? usage.measure({ principal, resolution, run: answer, isOk }) : answer();
  };

  async function answerResolved(
    engine: Engine,
    request: OperationRequest & { resolution: Resolution },
    context: Context,
  ): Promise<OperationAnswer> {
    const { asker, operationName, kinds } = request;
    const { text, id } = requireText(request.resolution);
    const step = traceSteps(telemetry, context.span);
    const compiled = engine.operations.compile({ text, operationName }, step);
    if (compiled.kind === 'invalid') return { kind: 'refused', errors: compiled.errors };
    assertKind(compiled, kinds);
    const checked = coerceVariables(engine.supergraph.apiSchema, compiled, request.variables);
    if (checked.errors) return { kind: 'refused', errors: checked.errors.map(asBadInput) };
    const { variables } = checked;
    const cost = compiled.cost.evaluate(variables.coerced);
    const costly = checkCost(engine, compiled, variables, cost);
    if (costly) return { kind: 'refused', errors: [costly] };
    const verdict = overBudget({ rateLimits, asker, names: [id, compiled.name], cost });
    if (verdict) return { kind: 'limited', verdict };
    const unmet = compiled.authorization.unmet(accessClaims(engine.policies, context));
    const planned = await compiled.plan(unmet, step);
    const answer = await run(engine, { compiled, planned, unmet, variables }, context);
    return { kind: 'executed', operation: compiled, ...answer };
  }

  async function run(
    engine: Engine,
    { compiled, planned, unmet, variables }: ReadyOperation,
    context: Context,
  ): Promise<AnswerBytes> {
    const { signal: left } = context;
    const execute = async (signal: AbortSignal | undefined) =>
      encoded(
        await engine.execute(compiled, planned, { variables, context: { ...context, signal } }),
      );
    if (compiled.kind !== 'query') return execute(undefined);
    left?.throwIfAborted();
    const key = `${compiled.id} ${unmet} ${askerKey(context)} ${JSON.stringify(variables.given)}`;
    return flights.join(key, () => startFlight(execute)).ask(left);
  }
}

const isOk = (answer: OperationAnswer) => answer.kind === 'executed' && !answer.hasErrors;

/** In characters. */
const shortBody = 4_096;

function encoded({ body, hasErrors }: WrittenAnswer): AnswerBytes {
  return { body: body.length < shortBody ? body : Buffer.from(body), hasErrors };
}

function requireText(resolution: Resolution): { text: string; id: string | undefined } {
  if (resolution.kind === 'resolved') return resolution;
  throw resolution.error;
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

function checkCost(
  { limits }: Engine,
  { cost }: CompiledOperation,
  { coerced }: Variables,
  total: number,
): GraphQLError | undefined {
  return cost.problem(coerced) ?? limits.checkCost(total);
}

function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
