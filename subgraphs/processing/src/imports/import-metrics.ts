import { Counter, type Registry } from 'prom-client';
import type { Metrics } from '../metrics.ts';
import type { BatchCounts } from './run/run-import.ts';

export type ImportMetrics = ReturnType<typeof createImportMetrics>;

/** Rows count as events that came in, and by what became of them. */
export function createImportMetrics(registry: Registry, { accepted }: Pick<Metrics, 'accepted'>) {
  const rows = new Counter({
    name: 'import_rows_total',
    help: 'Rows of imported files, by what became of them.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return {
    count(counts: BatchCounts): void {
      accepted.inc(counts.accepted);
      rows.inc({ outcome: 'accepted' }, counts.accepted);
      rows.inc({ outcome: 'duplicate' }, counts.duplicates);
      rows.inc({ outcome: 'rejected' }, counts.rejected);
    },
  };
}
