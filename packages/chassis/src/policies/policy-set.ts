/**
 * Policies: named conditions on who asks, what for and from where, written as data. Conditions are
 * CASL's (https://casl.js.org): MongoDB's operators on the facts by their paths, and `$inRange` for
 * addresses. A policy is met when any one of its conditions is.
 */
import { readFileSync } from 'node:fs';
import { buildMongoQueryMatcher, createMongoAbility, type MongoQuery } from '@casl/ability';
import type { ErrorCode } from '@tributary/errors';
import { z } from 'zod';
import type { Facts } from './facts.ts';
import { isAddressIn } from './is-address-in.ts';

/** CASL takes what is no operator for a value to compare with; here it is a mistake. */
const operators = [
  '$eq',
  '$ne',
  '$lt',
  '$lte',
  '$gt',
  '$gte',
  '$in',
  '$nin',
  '$all',
  '$size',
  '$regex',
  '$exists',
  '$inRange',
] as const;

const conditionsSchema = z.record(
  z.string().regex(/^(principal|resource|request)\.\w+$/, 'must be like principal.kind'),
  z.union([z.string(), z.number(), z.boolean(), z.partialRecord(z.enum(operators), z.unknown())]),
);

const policySchema = z.strictObject({
  /** What somebody who does not meet it is told, in a sentence. */
  otherwise: z.string(),
  code: z.enum(['FORBIDDEN', 'MFA_REQUIRED']).default('FORBIDDEN'),
  anyOf: z.array(conditionsSchema),
});

const documentSchema = z.strictObject({
  policies: z.record(z.string(), policySchema),
  /** Which policies an action asks for besides its scope: all of them. */
  actions: z.record(z.string(), z.array(z.string())),
});

type PolicyDocument = z.infer<typeof documentSchema>;

/** What an operator gives besides, or instead of, ours. */
const changesSchema = documentSchema.partial();

export interface Policy {
  name: string;
  otherwise: string;
  code: Extract<ErrorCode, 'FORBIDDEN' | 'MFA_REQUIRED'>;
}

export interface PolicySet {
  /** One that there is none of is met by nobody. */
  isMet(name: string, facts: Facts): boolean;
  /** What an action asks for, in its order. @throws for a policy that is not defined. */
  ofAction(action: string): readonly Policy[];
}

/** CASL's own operators, and ours. */
const conditionsMatcher = buildMongoQueryMatcher(
  { $inRange: { type: 'field', validate: (_, value) => void z.array(z.string()).parse(value) } },
  {
    inRange: (
      { field, value }: { field: string; value: string[] },
      facts: object,
      { get }: { get: (facts: object, path: string) => unknown },
    ) => isAddressIn(String(get(facts, field) ?? ''), value),
  },
);

const builtIn: PolicyDocument = documentSchema.parse(
  JSON.parse(readFileSync(new URL('./policies.json', import.meta.url), 'utf8')),
);

/** `changes` puts policies and actions in the place of ours of the same names. @throws for conditions that are none. */
export function createPolicySet(given: unknown = {}): PolicySet {
  const changes = changesSchema.parse(given);
  const policies = { ...builtIn.policies, ...changes.policies };
  const actions = { ...builtIn.actions, ...changes.actions };
  // CASL reads conditions when they are first asked for; what is wrong with one ends the start.
  for (const { anyOf } of Object.values(policies)) {
    for (const conditions of anyOf) conditionsMatcher(conditions as MongoQuery);
  }
  const ability = createMongoAbility(
    Object.entries(policies).flatMap(([name, { anyOf }]) =>
      anyOf.map((conditions) => ({ action: name, subject: 'facts', ...whereAny(conditions) })),
    ),
    { conditionsMatcher, detectSubjectType: () => 'facts' },
  );
  const byAction = new Map(
    Object.entries(actions).map(([action, names]) => [action, names.map((name) => known(name))]),
  );

  function known(name: string): Policy {
    const policy = policies[name];
    if (policy) return { name, otherwise: policy.otherwise, code: policy.code };
    throw new Error(`actions name a policy that is not defined: ${name}`);
  }

  return {
    isMet: (name, facts) => ability.can(name, facts),
    ofAction: (action) => byAction.get(action) ?? [],
  };
}

/** CASL takes no conditions at all for no condition. */
const whereAny = (conditions: Record<string, unknown>) =>
  Object.keys(conditions).length > 0 && { conditions: conditions as MongoQuery };

export const builtInPolicies: PolicySet = createPolicySet();
