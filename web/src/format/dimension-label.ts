/** Fields' names as a heading, e.g. `origin_label` → Origin label; several are parted as their values are. */
export function dimensionLabel(fields: readonly string[]): string {
  if (fields.length === 0) return 'Group';
  return fields.map(fieldLabel).join(' · ');
}

function fieldLabel(field: string): string {
  const words = field.replaceAll(/[_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
