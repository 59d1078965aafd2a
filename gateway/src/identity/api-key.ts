/**
 * API keys of partners. What is no key by its checksum is refused unseen; what a key is good for is
 * asked of the users service once a minute, and forgotten when it is revoked.
 */
import {
  type ClientPrincipal,
  isAddressIn,
  isSecretOf,
  type PassportSigner,
  parseApiKey,
  passportHeader,
  scopes,
} from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ClientBudgets } from './client-budgets.ts';
import type { Revocations } from './revocations.ts';

const keySchema = z.object({
  secretHash: z.string(),
  expiresAt: z.iso.datetime().transform((text) => Date.parse(text)),
  client: z.uuid(),
  workspace: z.uuid(),
  scopes: z.array(z.enum(scopes)),
  allowedOrigins: z.array(z.string()),
  allowedAddresses: z.array(z.string()),
  requestsPerMinute: z.int().nullable().default(null),
  costPerMinute: z.int().nullable().default(null),
});

type KnownKey = z.infer<typeof keySchema> & { askedAt: number; principal: ClientPrincipal };

/** Where a request with a key comes from. */
export interface Sender {
  address: string;
  /** The `Origin` of a browser's page. */
  origin: string | undefined;
}

export interface VerifiedKey {
  principal: ClientPrincipal;
  budgets: ClientBudgets;
  /** In milliseconds since the epoch. */
  expiresAt: number;
  /** When it was last said to be good, in milliseconds since the epoch. */
  issuedAt: number;
}

/** @throws UNAUTHENTICATED for a bad key, FORBIDDEN from elsewhere, UNAVAILABLE when nobody can tell. */
export type KeyVerifier = (text: string, sender: Sender | undefined) => Promise<VerifiedKey>;

export interface ApiKeyOptions {
  /** Base URL of the users service. */
  usersUrl: string;
  signPassport: PassportSigner;
  revocations: Revocations | undefined;
}

const rememberedMilliseconds = 60_000;
const timeoutMilliseconds = 5_000;

export function createKeyVerifier(options: ApiKeyOptions): KeyVerifier {
  const { usersUrl, signPassport, revocations } = options;
  const known = new LRUCache<string, KnownKey>({ max: 10_000, ttl: rememberedMilliseconds });
  const asked = new Map<string, Promise<KnownKey>>();

  async function ask(id: string): Promise<KnownKey> {
    const askedAt = Date.now();
    const response = await fetch(`${usersUrl}/internal/api-keys/${id}`, {
      headers: { [passportHeader]: await signPassport({ kind: 'anonymous' }) },
      signal: AbortSignal.timeout(timeoutMilliseconds),
    }).catch(() => undefined);
    if (response?.status === 404) throw notGood();
    if (!response?.ok) throw away();
    const key = keySchema.parse(await response.json());
    const { client: subject, workspace } = key;
    const principal = { kind: 'client', subject, workspace, scopes: key.scopes, key: id } as const;
    const answer = { ...key, askedAt, principal };
    known.set(id, answer);
    return answer;
  }

  /** Asked by many at once, the users service is asked once. */
  function lookUp(id: string): Promise<KnownKey> {
    const remembered = known.get(id);
    if (remembered && !isRevoked(remembered)) return Promise.resolve(remembered);
    const waiting = asked.get(id) ?? ask(id).finally(() => asked.delete(id));
    asked.set(id, waiting);
    return waiting;
  }

  function isRevoked({ principal, askedAt }: KnownKey): boolean {
    return revocations?.isRevoked(principal, askedAt) ?? false;
  }

  return async (text, sender) => {
    const given = parseApiKey(text);
    if (!given) throw notGood();
    const key = await lookUp(given.id);
    if (!isSecretOf(given, key.secretHash) || key.expiresAt <= Date.now()) throw notGood();
    // The answer may be from before a revocation that was heard since.
    if (isRevoked(key)) throw notGood();
    assertAllowed(key, sender);
    const { principal, expiresAt, askedAt: issuedAt, requestsPerMinute, costPerMinute } = key;
    return { principal, expiresAt, issuedAt, budgets: { requestsPerMinute, costPerMinute } };
  };
}

function assertAllowed({ allowedOrigins, allowedAddresses }: KnownKey, sender?: Sender): void {
  const { origin, address = '' } = sender ?? {};
  if (allowedOrigins.length > 0 && origin !== undefined && !allowedOrigins.includes(origin)) {
    throw new TributaryError('FORBIDDEN', 'This API key is not for pages of this origin.');
  }
  if (allowedAddresses.length > 0 && !isAddressIn(address, allowedAddresses)) {
    throw new TributaryError('FORBIDDEN', 'This API key is not for use from this address.');
  }
}

const notGood = () =>
  new TributaryError(
    'UNAUTHENTICATED',
    'The API key is not one of ours, has expired or was revoked.',
  );

const away = () => new TributaryError('UNAVAILABLE', 'API keys cannot be checked for the moment.');
