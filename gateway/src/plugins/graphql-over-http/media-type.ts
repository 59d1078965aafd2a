/** https://graphql.github.io/graphql-over-http/draft/#sec-Accept */
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** With the old type every well-formed answer is a 200; with the new one the status tells. */
export const mediaTypes = ['application/json', 'application/graphql-response+json'] as const;
export type MediaType = (typeof mediaTypes)[number];

const negotiated = new LRUCache<string, { type: MediaType | undefined }>({ max: 100 });

/** What the client takes; the old type where it does not care; undefined where it takes neither. */
export function negotiateMediaType(accept: string | undefined): MediaType | undefined {
  if (accept === undefined || accept === '*/*') return 'application/json';
  const known = negotiated.get(accept);
  if (known) return known.type;
  const best = new Negotiator({ headers: { accept } }).mediaType([...mediaTypes]);
  const type = mediaTypes.find((one) => one === best);
  negotiated.set(accept, { type });
  return type;
}
