import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { channels } from './channels.ts';
import { renderTopic, topicPlaceholders } from './topic-template.ts';

const template = 'analytics.{claims.workspace}.dashboard.{args.dashboardId}';

test('a template lists its placeholders', () => {
  expect(topicPlaceholders(template)).toEqual([
    { namespace: 'claims', name: 'workspace' },
    { namespace: 'args', name: 'dashboardId' },
  ]);
});

test('no value reaches into another part of a channel’s name or makes a pattern of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (workspace, dashboardId) => {
      const values: Record<string, string> = { workspace, dashboardId };
      const channel = renderTopic(template, (_, name) => values[name] ?? '');
      const parts = channel.split('.');
      expect(parts).toHaveLength(4);
      expect(decodeURIComponent(parts[1] ?? '')).toBe(workspace);
      expect(decodeURIComponent(parts[3] ?? '')).toBe(dashboardId);
      expect(channel).toMatch(/^[\w.%-]*$/);
    }),
  );
});

test('each channel has the template that the schema gives its subscription field', () => {
  const supergraph = readFileSync(
    new URL('../../../schema/supergraph.graphql', import.meta.url),
    'utf8',
  );
  const inSchema = Object.fromEntries(
    [...supergraph.matchAll(/^ {2}(\w+)[^\n]*@topic\(name: "([^"]+)"/gm)].map((match) => [
      match[1],
      match[2],
    ]),
  );
  const inCode = Object.fromEntries(
    Object.entries(channels).map(([name, { topic }]) => [name, topic]),
  );
  expect(inCode).toEqual(inSchema);
});
