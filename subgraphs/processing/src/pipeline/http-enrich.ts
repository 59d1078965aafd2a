import { addFields } from './add-fields.ts';
import { toKey } from './enrich.ts';
import { type EventData, readField, toFieldPath } from './field-path.ts';
import type { HttpLookups } from './http-lookups.ts';
import { httpAddress } from './http-template.ts';
import { shownPath } from './shown-value.ts';
import type { Stage, StageResult } from './stage.ts';
import type { HttpDefinition } from './stage-definition.ts';

/**
 * Adds fields of the JSON that the address answers for the event's key. A key that is not there, and
 * one that the server answers with 404, give nulls, as with look-up tables.
 */
export function compileHttp(definition: HttpDefinition, http: HttpLookups): Stage {
  const { url: template, cacheSeconds, otherwise } = definition;
  const on = toFieldPath(definition.on);
  const additions = Object.entries(definition.add).map(([to, from]) => ({
    to: toFieldPath(to),
    from: toFieldPath(from),
  }));
  const withAnswer = (data: EventData, answer: EventData) =>
    addFields(
      data,
      additions.map(({ to, from }) => [to, readField(answer, from) ?? null]),
    );

  return (data) => {
    const key = toKey(readField(data, on));
    const url = key === undefined ? undefined : httpAddress(template, key);
    if (url === undefined) return withAnswer(data, {});
    const request = { url, cacheSeconds };
    const answer = http.peek(request);
    if (!answer) return { kind: 'waiting', request };
    if (answer.kind === 'known') return withAnswer(data, answer.value);
    return otherwise === 'NULL' ? withAnswer(data, {}) : failed(on, answer.reason);
  };
}

function failed(on: readonly string[], reason: string): StageResult {
  const field = shownPath(['data', ...on]);
  return { kind: 'failed', failure: { stage: 'ENRICH', field, reason, retry: true } };
}
