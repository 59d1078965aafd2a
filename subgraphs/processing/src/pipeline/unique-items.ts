/** JSON Schema's `uniqueItems` in linear time; Ajv's own compares every pair. */
export const uniqueItems = {
  keyword: 'uniqueItems',
  type: 'array' as const,
  schemaType: 'boolean' as const,
  error: { message: 'must not have the same item twice' },
  validate: (wanted: boolean, items: readonly unknown[]) =>
    !wanted || new Set(items.map(canonical)).size === items.length,
};

/** The same text for values that JSON Schema calls equal. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}
