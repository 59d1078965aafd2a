/**
 * Who is connected, whatever the protocol: how many from one address and for one person, and until
 * when. A connection ends within a second of its token, and as soon as a revocation is heard.
 */
import type { Identity } from '../identity/identify.ts';
import type { Revocations } from '../identity/revocations.ts';
import type { ClientIdentity } from '../operations/persisted/operation-source.ts';
import { type Ending, endings } from './endings.ts';

export interface Client {
  address: string;
  /** Which application it is, as it says itself. */
  application: ClientIdentity;
  /** Undefined until it said who it is. */
  identity: Identity | undefined;
  end(ending: Ending): void;
}

export interface ClientLimits {
  perAddress: number;
  perPrincipal: number;
}

export interface Clients {
  /** False when its address has enough connections; then it is to be refused. */
  enter(client: Client): boolean;
  /** False when its person has enough connections; then it is to be ended. */
  identify(client: Client, identity: Identity): boolean;
  leave(client: Client): void;
  /** Ends those who are there now, spread over some seconds, to come again. */
  moveOn(): void;
  /** Ends all of them, and refuses whoever comes. */
  close(): void;
  readonly size: number;
}

const sweepMilliseconds = 1_000;
/** So that not all clients come again at once. */
const moveOnMilliseconds = 5_000;

export interface ClientsOptions {
  limits: ClientLimits;
  revocations: Revocations;
}

export function createClients({ limits, revocations }: ClientsOptions): Clients {
  const clients = new Set<Client>();
  const byAddress = createCounter();
  const bySubject = createCounter();
  let closed = false;
  const sweep = setInterval(() => {
    const now = Date.now();
    endWhere(
      ({ identity }) => identity !== undefined && identity.expiresAt <= now,
      endings.tokenExpired,
    );
  }, sweepMilliseconds);
  sweep.unref();
  revocations.onRevoked((subjects) => {
    const isConcerned = ({ identity }: Client) =>
      identity !== undefined &&
      identity.principal.kind !== 'anonymous' &&
      subjects.has(identity.principal.subject) &&
      revocations.isRevoked(identity.principal, identity.issuedAt);
    endWhere(isConcerned, endings.accessRevoked);
  });

  function endWhere(isConcerned: (client: Client) => boolean, ending: Ending): void {
    for (const client of clients) if (isConcerned(client)) client.end(ending);
  }

  return {
    enter(client) {
      if (closed || byAddress.count(client.address) >= limits.perAddress) return false;
      byAddress.add(client.address, 1);
      clients.add(client);
      return true;
    },
    identify(client, identity) {
      client.identity = identity;
      const subject = subjectOf(client);
      if (subject === undefined) return true;
      bySubject.add(subject, 1);
      return bySubject.count(subject) <= limits.perPrincipal;
    },
    leave(client) {
      if (!clients.delete(client)) return;
      byAddress.add(client.address, -1);
      const subject = subjectOf(client);
      if (subject !== undefined) bySubject.add(subject, -1);
    },
    moveOn() {
      for (const client of clients) {
        const wait = Math.random() * moveOnMilliseconds;
        setTimeout(() => client.end(endings.schemaReplaced), wait).unref();
      }
    },
    close() {
      closed = true;
      clearInterval(sweep);
      endWhere(() => true, endings.goingAway);
    },
    get size() {
      return clients.size;
    },
  };
}

function subjectOf({ identity }: Client): string | undefined {
  return identity?.principal.kind === 'user' ? identity.principal.subject : undefined;
}

function createCounter() {
  const counts = new Map<string, number>();
  return {
    count: (key: string) => counts.get(key) ?? 0,
    add(key: string, change: 1 | -1) {
      const count = (counts.get(key) ?? 0) + change;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}
