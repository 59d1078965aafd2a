import type { Principal } from '../principal.ts';

/** How sensitive a record is. */
export type Classification = 'public' | 'internal' | 'confidential' | 'restricted';

/** What a policy may ask of the record in question. */
export interface Resource {
  /** Whose it is: a person's or an API client's id. */
  owner?: string | null | undefined;
  classification?: Classification | undefined;
}

/** Where and when a request came. */
export interface Circumstances {
  /** IP address; empty when unknown. */
  address: string;
  at: Date;
}

/** What conditions are on, by their paths, e.g. `principal.mfaAge`. */
export interface Facts {
  principal: {
    kind: Principal['kind'];
    id?: string;
    workspace?: string;
    roles: readonly string[];
    scopes: readonly string[];
    /** Seconds since the second factor was shown; absent for whoever has none. */
    mfaAge?: number;
  };
  resource: {
    isOwn: boolean;
    /** `internal` unless the record says otherwise. */
    classification: Classification;
  };
  request: {
    address: string;
    /** UTC, with a fraction: 13.5 is half past one. */
    hour: number;
    /** UTC; 0 is Sunday. */
    weekday: number;
  };
}

export function factsOf(
  principal: Principal,
  { address, at }: Circumstances,
  { owner, classification = 'internal' }: Resource = {},
): Facts {
  const id = principal.kind === 'anonymous' ? undefined : principal.subject;
  return {
    principal: principalFacts(principal, at),
    resource: { isOwn: id !== undefined && id === owner, classification },
    request: {
      address,
      hour: at.getUTCHours() + at.getUTCMinutes() / 60,
      weekday: at.getUTCDay(),
    },
  };
}

function principalFacts(principal: Principal, at: Date): Facts['principal'] {
  if (principal.kind === 'anonymous') return { kind: 'anonymous', roles: [], scopes: [] };
  const { kind, subject: id, workspace, scopes } = principal;
  const known = { kind, id, workspace, scopes };
  if (kind === 'client') return { ...known, roles: [] };
  const { roles, mfaAt } = principal;
  return {
    ...{ ...known, roles },
    ...(mfaAt !== undefined && { mfaAge: at.getTime() / 1000 - mfaAt }),
  };
}
