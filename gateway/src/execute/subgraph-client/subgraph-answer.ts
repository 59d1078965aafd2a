import { z } from 'zod';
import { SubgraphFailure } from './subgraph-failure.ts';

/** An error as the subgraph told it: nothing of it is masked yet. */
export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[] | undefined;
  extensions?: Record<string, unknown> | undefined;
}

export interface SubgraphAnswer {
  /** As parsed, so keys such as `__proto__` may be own properties of it. */
  data: Record<string, unknown> | null | undefined;
  errors: readonly SubgraphError[] | undefined;
  /** Handed to other requests too: copy before changing. */
  shared: boolean;
}

/** One HTTP exchange, read to its end. */
export interface Exchange {
  status: number;
  contentType: string | undefined;
  retryAfter: string | undefined;
  body: string;
}

const jsonType = /^application\/(?:graphql-response\+)?json[\t ]*(?:;|$)/i;
const charset = /;[\t ]*charset[\t ]*=[\t ]*"?([^\s";]+)/i;

const errorsSchema = z
  .array(
    z.object({
      message: z.string(),
      path: z.array(z.union([z.string(), z.int()])).optional(),
      extensions: z.record(z.string(), z.unknown()).optional(),
    }),
  )
  .nullish();

/**
 * The GraphQL answer inside an exchange, whatever its status, since GraphQL over HTTP gives errors 4xx and 5xx.
 * `data` is checked by hand: a schema would copy it, and copying is what pollutes prototypes.
 * @throws SubgraphFailure when there is none.
 */
export function readAnswer(exchange: Exchange): Omit<SubgraphAnswer, 'shared'> {
  const { status } = exchange;
  if (isTurnedAway(status)) {
    const retryAfter = waitOf(exchange.retryAfter);
    throw new SubgraphFailure('turned_away', `status ${status}`, { retryAfter });
  }
  const answer = isJson(exchange.contentType) ? parseAnswer(exchange.body) : undefined;
  if (answer) return answer;
  const kind = status >= 500 ? 'status' : status >= 300 ? 'refused' : 'malformed';
  throw new SubgraphFailure(kind, `status ${status}, ${exchange.contentType}, without GraphQL`);
}

/** Only JSON in UTF-8: another charset could say something else to us than to a filter before us. */
function isJson(contentType: string | undefined): boolean {
  if (contentType === undefined || !jsonType.test(contentType)) return false;
  const given = charset.exec(contentType)?.[1];
  return given === undefined || /^utf-?8$/i.test(given);
}

function parseAnswer(body: string): Omit<SubgraphAnswer, 'shared'> | undefined {
  const { data, errors: given }: { data?: unknown; errors?: unknown } = parseObject(body) ?? {};
  const errors = given === undefined ? undefined : errorsSchema.safeParse(given);
  if (errors?.success === false || !isData(data)) return undefined;
  const told = errors?.data?.length ? errors.data : undefined;
  return data === undefined && !told ? undefined : { data, errors: told };
}

function isData(data: unknown): data is Record<string, unknown> | null | undefined {
  return data === undefined || (typeof data === 'object' && !Array.isArray(data));
}

function parseObject(body: string): object | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function isTurnedAway(status: number): boolean {
  return status === 429 || (status >= 502 && status <= 504);
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). In milliseconds; undefined when it is neither. */
function waitOf(retryAfter: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
