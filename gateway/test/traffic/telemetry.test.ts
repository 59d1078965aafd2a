import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createTelemetry } from '../../src/telemetry/create-telemetry.ts';
import { startFaultySubgraph } from './support/faulty-subgraph.ts';
import { contextOf, createTraffic, logger } from './support/traffic.ts';

interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number; message?: string };
  attributes: { key: string; value: { stringValue?: string } }[];
}

interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: OtlpSpan['attributes'] };
    scopeSpans: { spans: OtlpSpan[] }[];
  }[];
}

/** A real receiver of OTLP over HTTP, as JSON. */
async function startReceiver() {
  const spans: OtlpSpan[] = [];
  const services = new Set<string | undefined>();
  const keys = new Set<unknown>();
  const server = createServer(async (request, response) => {
    const { resourceSpans } = JSON.parse(await text(request)) as OtlpRequest;
    keys.add(request.headers['x-key']);
    for (const { resource, scopeSpans } of resourceSpans) {
      services.add(
        resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue,
      );
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    response.writeHead(request.url === '/v1/traces' ? 200 : 404).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    spans,
    services,
    keys,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void server.close().closeAllConnections(),
  };
}

const trace = '0af7651916cd43dd8448eb211c80319c';
const incoming = { traceparent: `00-${trace}-b7ad6b7169203331-01`, tracestate: 'vendor=1' };
const rest = { serviceName: 'gateway-7', sampling: 1, headers: { 'x-key': 'secret' }, logger };

test('a request’s steps and fetches are one trace, from the client’s to the subgraph’s', async () => {
  using receiver = await startReceiver();
  await using subgraph = await startFaultySubgraph();
  const telemetry = await createTelemetry({ endpoint: receiver.endpoint, ...rest });
  await using traffic = createTraffic(subgraph.url, {}, { telemetry });

  const request = telemetry.request(incoming, { 'graphql.operation.name': 'Ok' });
  telemetry.span('parse', request).end();
  await traffic.query('{ ok }', contextOf(undefined, { span: request }));
  request.end();
  await telemetry.close();

  const [parse, fetch, whole] = ['parse', 'fetch', 'request'].map((name) =>
    receiver.spans.find((span) => span.name === name),
  );
  expect(whole).toMatchObject({ traceId: trace, parentSpanId: 'b7ad6b7169203331' });
  expect(parse).toMatchObject({ traceId: trace, parentSpanId: whole?.spanId });
  expect(fetch).toMatchObject({ traceId: trace, parentSpanId: whole?.spanId });
  expect(fetch?.attributes).toContainEqual({
    key: 'tributary.subgraph',
    value: { stringValue: 'things' },
  });
  expect(subgraph.seen[0]?.headers).toMatchObject({
    traceparent: `00-${trace}-${fetch?.spanId}-01`,
    tracestate: 'vendor=1',
  });
  expect([...receiver.services, ...receiver.keys]).toEqual(['gateway-7', 'secret']);
});

test('a fetch that fails says how in its span', async () => {
  using receiver = await startReceiver();
  await using subgraph = await startFaultySubgraph((response) => response.socket?.destroy());
  const telemetry = await createTelemetry({ endpoint: receiver.endpoint, ...rest });
  await using traffic = createTraffic(subgraph.url, { retries: { attempts: 0 } }, { telemetry });

  await expect(traffic.query('{ ok }')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await telemetry.close();

  expect(receiver.spans).toMatchObject([
    { name: 'fetch', status: { code: 2, message: 'unreachable' } },
  ]);
});

test('a trace that its client does not record is not recorded here, but reaches the subgraph', async () => {
  using receiver = await startReceiver();
  await using subgraph = await startFaultySubgraph();
  const telemetry = await createTelemetry({ endpoint: receiver.endpoint, ...rest });
  await using traffic = createTraffic(subgraph.url, {}, { telemetry });

  const request = telemetry.request({ traceparent: incoming.traceparent.replace(/01$/, '00') });
  await traffic.query('{ ok }', contextOf(undefined, { span: request }));
  request.end();
  await telemetry.close();

  expect(receiver.spans).toEqual([]);
  expect(subgraph.seen[0]?.headers.traceparent).toMatch(
    new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`),
  );
});

test('without a receiver nothing is recorded, and a trace passes through', async () => {
  const telemetry = await createTelemetry({ endpoint: undefined, ...rest });

  const request = telemetry.request(incoming);

  expect(telemetry.span('parse', request)).toBe(request);
  expect(request.outgoing()).toEqual(incoming);
  for (const broken of ['', '00-0-0-01', `01-${trace}-b7ad6b7169203331-01`]) {
    expect(telemetry.request({ traceparent: broken }).outgoing().traceparent).toBeUndefined();
  }
});

test('a receiver that is away costs spans and nothing else', async () => {
  await using subgraph = await startFaultySubgraph();
  const telemetry = await createTelemetry({ endpoint: 'http://127.0.0.1:1', ...rest });
  await using traffic = createTraffic(subgraph.url, {}, { telemetry });

  await expect(traffic.query('{ ok }')).resolves.toMatchObject({ data: { ok: true } });
  await telemetry.close();
});
