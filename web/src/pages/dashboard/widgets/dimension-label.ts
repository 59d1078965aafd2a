/** A field's name as a heading, e.g. `origin_label` → Origin label. */
export function dimensionLabel(field: string | null): string {
  if (!field) return 'Group';
  const words = field.replaceAll(/[_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
