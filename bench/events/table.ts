import type { Result } from './measure.ts';

/** Prints results as a Markdown table each: speeds and freshness, then CPU time. */
export function printTable(results: readonly Result[]): void {
  const whole = (value: number) => Math.round(value).toLocaleString('en-US');
  const processes = Object.keys(results[0]?.cpuPerThousand ?? {});
  printRows([
    ['load', 'events', 'accepted/s', 'processed/s', 'fresh p50 ms', 'p95', 'p99'],
    ...results.map((result) => [
      result.name,
      whole(result.accepted),
      whole(result.acceptedPerSecond),
      whole(result.processedPerSecond),
      whole(result.freshness.p50),
      whole(result.freshness.p95),
      whole(result.freshness.p99),
    ]),
  ]);
  console.log('\nCPU milliseconds per thousand events');
  printRows([
    ['load', ...processes, 'all but producer'],
    ...results.map(({ name, cpuPerThousand }) => [
      name,
      ...processes.map((process) => (cpuPerThousand[process] ?? 0).toFixed(1)),
      processes
        .filter((process) => process !== 'producer')
        .reduce((sum, process) => sum + (cpuPerThousand[process] ?? 0), 0)
        .toFixed(1),
    ]),
  ]);
}

export function printRows([head = [], ...rows]: string[][]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}
