import { expect, test } from 'vitest';
import { parseEvent, prettyOriginal } from './original-json.ts';

test('a record is shown indented, and one that is no JSON as it came', () => {
  expect(prettyOriginal('{"id":"1","data":{"delay":"x"}}')).toBe(
    '{\n  "id": "1",\n  "data": {\n    "delay": "x"\n  }\n}',
  );
  expect(prettyOriginal('{"id":')).toBe('{"id":');
});

test('an edited event is read, or the place of the mistake is told', () => {
  expect(parseEvent('{"id":"1"}')).toEqual({ ok: true, event: { id: '1' } });
  expect(parseEvent('{"id":"1",}')).toMatchObject({
    ok: false,
    message: expect.stringContaining('not JSON yet'),
  });
});
