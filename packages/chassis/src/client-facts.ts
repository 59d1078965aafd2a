/** Where a request began. Only the gateway sees it; it tells subgraphs in two headers. */
import type { IncomingHttpHeaders } from 'node:http';

export interface ClientFacts {
  /** IP address; empty when unknown. */
  address: string;
  /** The `User-Agent`, shortened; empty when none was sent. */
  agent: string;
}

export const addressHeader = 'x-client-address';
export const agentHeader = 'x-client-agent';

const longestAgent = 256;

export function readClientFacts(headers: IncomingHttpHeaders): ClientFacts {
  return {
    address: single(headers[addressHeader]),
    agent: single(headers[agentHeader]).slice(0, longestAgent),
  };
}

const single = (value: string | string[] | undefined): string =>
  typeof value === 'string' ? value : '';
