import { type AuditResult, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/test-gateway.ts';

/**
 * The audit of the GraphQL over HTTP specification, all of it: what it says a server MUST, what it
 * SHOULD and what it MAY do.
 * @see https://github.com/graphql/graphql-http#audits
 */
const audits = serverAudits({ url: () => `${gateway.url}/graphql` });
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.[Symbol.asyncDispose]());

test.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
  '%s: %s',
  async (_, __, audit) => {
    const result: AuditResult = await audit.fn();

    expect(result.status === 'ok' ? undefined : result.reason).toBeUndefined();
    expect(result.status).toBe('ok');
  },
);
