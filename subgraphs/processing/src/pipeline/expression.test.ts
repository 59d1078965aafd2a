import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receivedEvent } from '../../test/received-event.ts';
import { compileExpression } from './expression.ts';

function evaluate(text: string, data: Record<string, unknown> = {}): unknown {
  return compileExpression(text)(data, receivedEvent(data));
}

describe('an expression', () => {
  test.each([
    ['data.delay + 1', { delay: 7 }, 8],
    ['data.delay / 2', { delay: 7 }, 3.5],
    ['data.delay % 2 == 1', { delay: 7 }, true],
    ['1 + 2', {}, 3],
    ['data.from + "-" + data.to', { from: 'SEA', to: 'JFK' }, 'SEA-JFK'],
    ['has(data.gate) ? data.gate : "none"', {}, 'none'],
    ['data.legs.map(leg, leg.miles * 1.6)', { legs: [{ miles: 10 }] }, [16]],
    ['data.tags.exists(tag, tag == "vip")', { tags: ['vip'] }, true],
    ['timestamp(event.time).getHours()', {}, 9],
    ['timestamp(event.time)', {}, '2026-11-28T09:30:00.000Z'],
    [
      '{"delay": data.delay, "list": [1, "two", null]}',
      { delay: 7 },
      { delay: 7, list: [1, 'two', null] },
    ],
    ['event.type', {}, 'flight.departed'],
  ])('%s', (text, data, value) => {
    expect(evaluate(text, data)).toEqual(value);
  });

  test.each([
    ['data.delay', {}, 'No such key: delay'],
    ['data.delay + 1', { delay: 'late' }, 'no such overload: dyn<string> + int'],
    ['1 / 0', {}, 'division by zero'],
    ['data.delay / 0', { delay: 1 }, 'expected a number, got Infinity'],
    ['9223372036854775807', {}, 'expected a whole number of at most 2^53, got 9223372036854775807'],
    ['duration("1h")', {}, 'expected text, a number, a boolean, null, a list or a map of those'],
  ])('%s says what is wrong with the data', (text, data, message) => {
    expect(() => evaluate(text, data)).toThrow(message);
  });

  test.each([
    ['data.delay +', 'Unexpected token: EOF'],
    ['nothing', 'Unknown variable: nothing'],
    ['"a" + 1', 'no such overload: string + int'],
    ['data.text.matches("(a+)+$")', 'matches() is no function that may be called here'],
    ['data.list.join(",")', 'join() is no function that may be called here'],
    [`data.a${' + data.a'.repeat(65)}`, 'must have at most 64 additions'],
    ['[data.s].map(a, a + a).map(b, b + b).map(c, c + c)', 'must have at most 2 of map'],
    ['cel.bind(a, data.s, a + a + a + a + a + a + a + a + a + a)', 'must have at most 8 additions'],
    [`"${'x'.repeat(2_000)}"`, 'must be at most 2000 characters'],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, 'Exceeded maxDepth'],
  ])('%s is refused when it is written', (text, message) => {
    expect(() => compileExpression(text)).toThrow(new RegExp(message.replaceAll(/[()+]/g, '\\$&')));
  });

  test('sees what the event has and nothing of the objects that hold it', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      expect(() => evaluate(`data.${name}`)).toThrow(`No such key: ${name}`);
      expect(() => evaluate(`data["${name}"]`)).toThrow(`No such key: ${name}`);
      expect(evaluate(`has(data.${name})`)).toBe(false);
    }
  });

  test('answers JSON or throws an Error, whatever is in the data', () => {
    const texts = [
      'data.a + data.b',
      'data.a == data.b',
      'data.a.map(x, x)',
      'size(data.a)',
      'data.a.b',
      'string(data.a)',
      '{"a": data.a}',
      'data.a in data.b',
      'data.a ? data.b : 1',
    ].map(compileExpression);
    const value = fc.jsonValue({ maxDepth: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...texts), value, value, (run, a, b) => {
        const data = { a, b } as Record<string, unknown>;
        const before = structuredClone(data);
        try {
          const answer = run(data, receivedEvent(data));
          expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(data).toEqual(before);
      }),
    );
  });

  test('cannot make a value grow without end: the process lives with 256 MB', () => {
    const script = `
      const { compileExpression } = await import('${new URL('./expression.ts', import.meta.url)}');
      const { visitWithin } = await import('${new URL('./visit-within.ts', import.meta.url)}');
      const data = { s: 'x'.repeat(120_000), l: Array.from({ length: 20_000 }, () => 1) };
      const texts = [
        'data.l.map(a, data.s + data.s)',
        'data.l.map(a, (data.s + data.s).upperAscii())',
        'data.l.map(a, data.l.map(b, data.s + data.s))',
        'data.l.all(a, data.l.all(b, a == b))',
        'data.l.filter(a, data.l.exists(b, b == 2))',
        'cel.bind(a, data.s + data.s + data.s, [a].map(b, b + b + b + b + b + b))',
        'data.l.map(a, data.l + data.l)',
        'data.l.map(a, data.s.split(""))',
        'data.s.split("x").map(a, data.s.split("x"))',
      ];
      for (const text of texts) {
        const run = compileExpression(text);
        let outcome = 'ended';
        visitWithin({
          count: 1,
          milliseconds: 100,
          visit() {
            try { run(data, {}); } catch (error) { outcome = error.message; }
          },
          onOverrun() { outcome = 'overran'; },
        });
        console.log(outcome);
        // The same function is as good as new for the next event.
        try { run({ s: 'a', l: [] }, {}); } catch (error) { console.log('broken', error.message); }
      }
      console.log('alive');`;
    const options = { encoding: 'utf8' as const, timeout: 60_000 };
    const output = execFileSync(
      process.execPath,
      ['--max-old-space-size=256', '--input-type=module', '-e', script],
      options,
    );
    expect(output).toContain('alive');
    expect(output).not.toContain('broken');
    expect(output.match(/overran/g)?.length).toBeGreaterThanOrEqual(3);
  });
});
