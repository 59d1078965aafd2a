import type { IncomingHttpHeaders } from 'node:http';
import type { ClientFacts } from '@tributary/chassis';
import { clientAddress } from '../rate-limits/client-address.ts';

const longestAgent = 256;

/** What is told on of where a request came from; `trustedProxies` stand in front of this gateway. */
export function clientFactsOf(
  request: { headers: IncomingHttpHeaders; socket: { remoteAddress?: string | undefined } },
  trustedProxies: number,
): ClientFacts {
  const { headers, socket } = request;
  const agent = headers['user-agent'] ?? '';
  const forwardedFor = headers['x-forwarded-for'];
  return {
    address: clientAddress({ remoteAddress: socket.remoteAddress, forwardedFor }, trustedProxies),
    agent: agent.replace(/[^\x20-\x7e]/g, '').slice(0, longestAgent),
  };
}
