import { type PassportSigner, passportHeader } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Context } from '../../context.ts';

export interface SubgraphRequest {
  /** The request as JSON. */
  body: string;
  kind: 'query' | 'mutation';
  operationName: string | undefined;
}

export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

export interface SubgraphAnswer {
  data: Record<string, unknown> | null | undefined;
  errors: readonly SubgraphError[] | undefined;
  /** Whether others hold it too: it is copied before it is changed. */
  shared: boolean;
}

export type SubgraphClient = (
  request: SubgraphRequest,
  context: Context,
) => Promise<SubgraphAnswer>;

export function createSubgraphClient({
  name,
  url,
  signPassport,
}: {
  name: string;
  url: string;
  signPassport: PassportSigner | undefined;
}): SubgraphClient {
  return async ({ body }, context) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-request-id': context.requestId,
    };
    if (signPassport) headers[passportHeader] = await signPassport(context.principal);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error' }).catch(
      (error: unknown) => {
        context.logger.warn({ subgraph: name, err: error }, 'a subgraph does not answer');
        throw new TributaryError('UNAVAILABLE', 'A part that is needed is away for the moment.');
      },
    );
    const answer = (await response.json().catch(() => undefined)) as SubgraphAnswer | undefined;
    if (!answer)
      throw new Error(`The subgraph ${name} answered ${response.status} without GraphQL.`);
    return { data: answer.data, errors: answer.errors, shared: false };
  };
}
