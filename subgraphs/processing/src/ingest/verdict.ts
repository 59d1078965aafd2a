/** What `POST /v1/events` answers with 200 (all are in), 207 (some) or 422 (none). */
export interface IngestAnswer {
  accepted: number;
  /** Records that had been accepted before, letter by letter; they count once. */
  duplicates: number;
  rejected: number;
  /** One per record, in the order they came. */
  verdicts: Verdict[];
  /** Finds the request in the logs, and its events on their way. */
  requestId: string;
}

export type Verdict = AcceptedVerdict | RejectedVerdict;

interface AcceptedVerdict {
  /** The record's place in the batch, from 0; blank lines do not count. */
  index: number;
  id: string;
  status: 'accepted' | 'duplicate';
}

interface RejectedVerdict {
  index: number;
  /** The event's id as far as it could be read. */
  id: string | null;
  status: 'rejected';
  /** Dotted path, e.g. `data.delay`; left out when it is the whole record. */
  field?: string;
  /** What was expected and what came. */
  reason: string;
}

/** 200, 207 or 422, as above. */
export function statusOf({ accepted, duplicates, rejected }: IngestAnswer): number {
  if (rejected === 0) return 200;
  return accepted + duplicates > 0 ? 207 : 422;
}
