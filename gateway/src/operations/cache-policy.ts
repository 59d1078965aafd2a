/** How long an answer may be kept, by the rules of https://www.apollographql.com/docs/apollo-server/performance/caching */
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { CacheHint, CacheHints } from '../supergraph/cache-hints.ts';

export interface CachePolicy {
  /** In seconds; 0: not at all. */
  maxAge: number;
  scope: 'PUBLIC' | 'PRIVATE';
}

/** The strictest of all fields. Fields at the root and those of objects are not kept unless the schema says so. */
export function cachePolicy(
  document: DocumentNode,
  schema: GraphQLSchema,
  hints: CacheHints,
): CachePolicy {
  const policy: CachePolicy = { maxAge: Number.POSITIVE_INFINITY, scope: 'PUBLIC' };
  if (hints.size === 0) return { maxAge: 0, scope: 'PUBLIC' };
  const roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ name }) {
        const parent = types.getParentType();
        const type = getNamedType(types.getType());
        if (!parent || !type || name.value === '__typename') return;
        const hint = { ...hints.get(type.name), ...hints.get(`${parent.name}.${name.value}`) };
        const needsHint = roots.has(parent as never) || isCompositeType(type);
        policy.maxAge = Math.min(policy.maxAge, maxAgeOf(hint, needsHint));
        if (hint.scope === 'PRIVATE') policy.scope = 'PRIVATE';
      },
    }),
  );
  return Number.isFinite(policy.maxAge) ? policy : { ...policy, maxAge: 0 };
}

function maxAgeOf({ maxAge, inheritMaxAge }: CacheHint, needsHint: boolean): number {
  if (maxAge !== undefined) return maxAge;
  return needsHint && !inheritMaxAge ? 0 : Number.POSITIVE_INFINITY;
}

/** For the header; what a signed-in principal got is nobody else's. */
export function cacheControlHeader({ maxAge, scope }: CachePolicy, isPersonal: boolean): string {
  if (maxAge === 0) return 'no-store';
  return `max-age=${maxAge}, ${isPersonal || scope === 'PRIVATE' ? 'private' : 'public'}`;
}
