import { relative } from 'node:path';
import type { DemoState } from './demo/demo-state.ts';

export interface SummaryFacts {
  url: string;
  home: string;
  state: DemoState | undefined;
  writeKey: string | undefined;
}

/** What a person needs once everything runs. */
export function summary({ url, home, state, writeKey }: SummaryFacts): string {
  const inside = relative(process.cwd(), home);
  const place = inside.startsWith('..') ? home : inside;
  const rows = [
    ['Web page', url],
    ['GraphQL', `${url}/graphql   (explorer: ${url}/explorer)`],
    ...(state ? [['Sign in', `${state.email}   password: ${state.password}`]] : []),
    ['Data, logs', `${place}, ${place}/logs`],
    ['Stop', 'Ctrl-C'],
  ];
  const table = rows.map(([name = '', value]) => `  ${name.padEnd(12)}${value}`).join('\n');
  const example = writeKey ? `\n\n  Send an event of your own:\n${curl(url, writeKey)}` : '';
  return `\nTributary is running.\n\n${table}${example}\n`;
}

function curl(url: string, writeKey: string): string {
  const event = `{"specversion":"1.0","id":"'$(date +%s)'","source":"/me","type":"flight.departed","data":{"origin":"JFK","destination":"SFO","delay":42,"distance":2586}}`;
  return [
    `  curl ${url}/v1/events -H 'Authorization: Bearer ${writeKey}' \\`,
    `    -H 'Content-Type: application/json' -d '${event}'`,
  ].join('\n');
}
