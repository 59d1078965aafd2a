import { gateways } from '../gateways/gateways.ts';
import { loadNames, throughputLoads } from '../loads/loads.ts';
import type { Verdict } from '../measure/tally.ts';
import type { Outcome, OutcomeOf } from '../outcomes.ts';
import { bytes, count, milliseconds, ratio } from './formats.ts';

/** Everything measured, as Markdown: a table per load. */
export function toMarkdown(outcomes: readonly Outcome[], run: readonly string[]): string {
  const sections = loadNames.flatMap((load) => {
    const own = outcomes.filter((outcome) => outcome.load === load);
    return own.length > 0 ? [toSection(own)] : [];
  });
  return `${run.map((line) => `- ${line}`).join('\n')}\n\n${sections.join('\n\n')}\n`;
}

function toSection(outcomes: readonly Outcome[]): string {
  const of = <Kind extends Outcome['kind']>(kind: Kind) =>
    outcomes.filter((outcome): outcome is OutcomeOf<Kind> => outcome.kind === kind);
  const parts = [
    ...throughputTable(of('throughput')),
    ...isolationTable(of('isolation')),
    ...memoryTable(of('memory')),
    ...of('broken').map(({ load, gateway, reason }) =>
      [
        `**${gateways[gateway].title}** (${load}) could not be measured:`,
        '```',
        reason,
        '```',
      ].join('\n'),
    ),
  ];
  return parts.join('\n\n');
}

function throughputTable(outcomes: readonly OutcomeOf<'throughput'>[]): string[] {
  const [first] = outcomes;
  if (!first) return [];
  const { title, signedIn } = throughputLoads[first.load];
  const apollo = outcomes.find(({ gateway }) => gateway === 'apollo')?.figures;
  const rows = outcomes.map(({ gateway, figures }) => {
    const { verifiesTokens, title: name } = gateways[gateway];
    return [
      signedIn && !verifiesTokens ? `${name} (verifies no token)` : name,
      count(figures.requestsPerSecond),
      milliseconds(figures.cpuMillisecondsPerRequest),
      ratio(figures.cpuMillisecondsPerRequest, apollo?.cpuMillisecondsPerRequest),
      ...[figures.latency.p50, figures.latency.p95, figures.latency.p99].map(milliseconds),
      bytes(figures.rssBytes),
      verdict(figures),
    ];
  });
  const columns = [
    'requests/s',
    'CPU/request',
    'of Apollo’s',
    'p50',
    'p95',
    'p99',
    'memory',
    'answers',
  ];
  return [`### ${title}`, table(['gateway', ...columns], rows)];
}

function isolationTable(outcomes: readonly OutcomeOf<'isolation'>[]): string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map(({ gateway, figures: { calm, troubled } }) => [
    gateways[gateway].title,
    ...[calm.latency.p50, calm.latency.p95, calm.latency.p99].map(milliseconds),
    ...[troubled.latency.p50, troubled.latency.p95, troubled.latency.p99].map(milliseconds),
    verdict(troubled),
  ]);
  const columns = ['calm p50', 'p95', 'p99', 'troubled p50', 'p95', 'p99', 'answers'];
  const title = '### Others, while one subgraph takes a second and one fails (1,000 connections)';
  return [title, table(['gateway', ...columns], rows)];
}

function memoryTable(outcomes: readonly OutcomeOf<'memory'>[]): string[] {
  if (outcomes.length === 0) return [];
  const rows = outcomes.map(({ gateway, figures }) => {
    const at = (share: number) => {
      const index = Math.min(
        figures.samples.length - 1,
        Math.floor(figures.samples.length * share),
      );
      return bytes(figures.samples[index]?.rssBytes);
    };
    const marks = [at(0), at(0.25), at(0.5), at(0.75), at(1)];
    return [gateways[gateway].title, count(figures.answers), ...marks, verdict(figures)];
  });
  const columns = [
    'operations',
    'memory at first',
    'after 1/4',
    'after 1/2',
    'after 3/4',
    'at last',
    'answers',
  ];
  return ['### Memory, every request another operation', table(['gateway', ...columns], rows)];
}

/** A gateway that answers wrongly is called wrong, however fast. */
function verdict({ right, wrong, failed, trouble }: Verdict): string {
  if (wrong === 0 && failed === 0) return right === 0 ? '**none**' : 'all right';
  const what = `**${count(wrong)} wrong, ${count(failed)} failed**`;
  return `${what}: ${trouble?.replaceAll(/[\n|]/g, ' ').slice(0, 120) ?? ''}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(head),
    line(head.map((_, index) => (index ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}
