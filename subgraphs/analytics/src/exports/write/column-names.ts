/** Of every event, before its fields. */
export const ownColumns = ['id', 'time', 'type', 'accepted_at'] as const;

/** Names of the fields' columns, in their order: a field that is called like a column before it comes as `data.` and its name. */
export function fieldColumnNames(fields: readonly string[]): string[] {
  const taken = new Set<string>([...ownColumns, ...fields]);
  return fields.map((field) => {
    if (!ownColumns.some((own) => own === field)) return field;
    let name = `data.${field}`;
    while (taken.has(name)) name = `data.${name}`;
    taken.add(name);
    return name;
  });
}
