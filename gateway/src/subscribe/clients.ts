/**
 * Who is connected, whatever the protocol: how many from one address and for one person, and until
 * when. A connection ends within a second of its token, and as soon as a revocation is heard.
 */
import type { Identity } from '../identity/identify.ts';
import type { Revocations } from '../identity/revocations.ts';
import type { ClientIdentity } from '../operations/persisted/operation-source.ts';
import { networkOf } from '../rate-limits/asker.ts';
import { createCounter } from './counter.ts';
import { type Ending, endings } from './endings.ts';

export interface Client {
  address: string;
  /** Which application it is, as it says itself. */
  application: ClientIdentity;
  /** Undefined until it said who it is. */
  identity: Identity | undefined;
  end(ending: Ending): void;
}

/** At a time: connections, or subscriptions. */
export interface ClientLimits {
  /** An IPv6 address counts as its /64 network. */
  perAddress: number;
  /** Of a person, or of an API client with all its keys. */
  perPrincipal: number;
}

export interface Clients {
  /** False when its address has enough connections; then it is to be refused. */
  enter(client: Client): boolean;
  /** False when its principal has enough connections; then it is to be ended. */
  identify(client: Client, identity: Identity): boolean;
  leave(client: Client): void;
  end(client: Client, ending: Ending): void;
  /** Other operations run, or none: those of an API client come again. */
  operationsChanged(client: string): void;
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
  onEnded: (ending: Ending) => void;
}

export function createClients({ limits, revocations, onEnded }: ClientsOptions): Clients {
  const clients = new Set<Client>();
  const byAddress = createCounter();
  const bySubject = createCounter();
  /** Clients that were told to go, and may take a while to. */
  const leaving = new WeakSet<Client>();
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
    for (const client of clients) if (isConcerned(client)) end(client, ending);
  }

  function end(client: Client, ending: Ending): void {
    if (!clients.has(client) || leaving.has(client)) return;
    leaving.add(client);
    onEnded(ending);
    client.end(ending);
  }

  return {
    enter(client) {
      if (closed || byAddress.count(networkOf(client.address)) >= limits.perAddress) return false;
      byAddress.add(networkOf(client.address), 1);
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
    end,
    leave(client) {
      if (!clients.delete(client)) return;
      byAddress.add(networkOf(client.address), -1);
      const subject = subjectOf(client);
      if (subject !== undefined) bySubject.add(subject, -1);
    },
    operationsChanged(client) {
      endWhere((each) => isKeyOf(each, client), endings.operationsChanged);
    },
    moveOn() {
      for (const client of clients) {
        const wait = Math.random() * moveOnMilliseconds;
        setTimeout(() => end(client, endings.schemaReplaced), wait).unref();
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

const isKeyOf = ({ identity }: Client, client: string): boolean =>
  identity?.principal.kind === 'client' && identity.principal.subject === client;

/** Whom a connection counts for; nobody while it is anonymous. */
export function subjectOf({ identity }: Client): string | undefined {
  const principal = identity?.principal;
  return !principal || principal.kind === 'anonymous' ? undefined : principal.subject;
}
