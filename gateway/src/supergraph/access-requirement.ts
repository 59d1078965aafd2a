/** Any one of the groups; of that, everything. */
export type RequirementGroups = readonly (readonly string[])[];

/** What one `@authenticated`, `@requiresScopes` or `@policy` asks of the principal. */
export type AccessRequirement =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'scopes' | 'policies'; readonly anyOf: RequirementGroups };

/**
 * By `Type`: what the type itself asks. By `Type.field`: everything that a selection of the field on
 * that type asks, of the field, of both types, of what the field reads of others (`@requires`,
 * `@fromContext`), and on an interface of every implementation. One requirement is one object, so
 * equal ones are identical. What asks nothing has no entry.
 */
export type AccessRequirements = ReadonlyMap<string, readonly AccessRequirement[]>;
