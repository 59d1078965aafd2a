import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createGatewayMetrics } from '../../src/telemetry/gateway-metrics.ts';

test('requests are counted by outcome and timed by operation', async () => {
  const registry = new Registry();
  const metrics = createGatewayMetrics(registry);

  metrics.answered('Board', 'ok', 0.2);
  metrics.answered(undefined, 'errors', 0.1);
  metrics.refused();
  metrics.cache('operation', 'hit');
  metrics.planned(0.01);
  metrics.limited('depth');

  const text = await registry.metrics();
  for (const line of [
    'graphql_requests_total{outcome="ok"} 1',
    'graphql_requests_total{outcome="refused"} 1',
    'graphql_request_duration_seconds_sum{operation="Board",outcome="ok"} 0.2',
    'graphql_request_duration_seconds_count{operation="anonymous",outcome="errors"} 1',
    'gateway_cache_lookups_total{cache="operation",result="hit"} 1',
    'gateway_plan_duration_seconds_count 1',
    'gateway_limits_hit_total{limit="depth"} 1',
  ]) {
    expect(text).toContain(line);
  }
});

test('a flood of operation names makes no flood of series', async () => {
  const registry = new Registry();
  const metrics = createGatewayMetrics(registry);
  for (let name = 0; name < 1_000; name += 1) metrics.answered(`Broken${name}`, 'errors', 0.1);
  metrics.answered('Real', 'ok', 0.1);
  for (let name = 0; name < 1_000; name += 1) metrics.answered(`Made${name}`, 'ok', 0.1);

  const text = await registry.metrics();
  const operations = new Set([...text.matchAll(/operation="(\w+)"/g)].map(([, name]) => name));

  expect(operations.size).toBeLessThanOrEqual(101);
  expect(operations).toContain('Real');
  expect(operations).not.toContain('Broken0');
});
