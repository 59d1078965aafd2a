import type { EventVerdictResolvers, VerdictStatus } from '../generated/resolvers.ts';
import type { Verdict } from '../ingest/verdict.ts';

const statuses = {
  accepted: 'ACCEPTED',
  duplicate: 'DUPLICATE',
  rejected: 'REJECTED',
} as const satisfies Record<Verdict['status'], VerdictStatus>;

export const EventVerdict: EventVerdictResolvers = {
  status: ({ status }) => statuses[status],
  field: (verdict) => (verdict.status === 'rejected' ? (verdict.field ?? null) : null),
  reason: (verdict) => (verdict.status === 'rejected' ? verdict.reason : null),
};
