/** Stages to begin with, by what they are for. */
export const stageTemplates = [
  {
    label: 'Rename, set, drop',
    stage: { kind: 'transform', rename: { from: 'to' }, drop: ['field'] },
  },
  {
    label: 'Derive a field',
    stage: { kind: 'derive', fields: { total: 'data.price * data.count' } },
  },
  { label: 'Mask', stage: { kind: 'mask', fields: { email: 'HASH', name: 'REDACT' } } },
  {
    label: 'Check rules',
    stage: {
      kind: 'check',
      rules: [{ name: 'Plausible', condition: 'data.delay < 1000', otherwise: 'REVIEW' }],
    },
  },
  {
    label: 'Look up in a table',
    stage: { kind: 'enrich', table: 'airports', on: 'origin', add: { city: 'city' } },
  },
  {
    label: 'Ask a server',
    stage: {
      kind: 'http',
      url: 'https://example.com/{key}',
      on: 'currency',
      add: { rate: 'rate' },
      cacheSeconds: 300,
    },
  },
  {
    label: 'Drop by a condition',
    stage: { kind: 'route', drop: { field: 'distance', operator: 'LESS', value: 1 } },
  },
  {
    label: 'Change the type',
    stage: { kind: 'route', when: 'data.delay > 60', type: 'flight.late' },
  },
] as const;

/** What stages of a kind do. */
export function stageLabel(kind: string): string {
  if (kind === 'route') return 'Route';
  return stageTemplates.find(({ stage }) => stage.kind === kind)?.label ?? kind;
}
