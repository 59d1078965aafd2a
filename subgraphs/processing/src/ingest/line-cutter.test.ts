import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineCutter } from './line-cutter.ts';

function cutAll(chunks: readonly Buffer[], longest = 1_000) {
  const cutter = createLineCutter({ longest });
  const lines = chunks.flatMap((chunk) => {
    cutter.push(chunk);
    return cutter.take();
  });
  cutter.end();
  return [...lines, ...cutter.take()];
}

const text = fc.array(fc.constantFrom('a', 'é', '\u{1f600}', '\n', '\r\n', ' ', '{"a":1}'));

test('wherever a body is cut into chunks, its lines are those of the whole', () => {
  fc.assert(
    fc.property(text, fc.array(fc.nat(60)), (parts, places) => {
      const whole = Buffer.from(parts.join(''));
      const cuts = [0, ...places.toSorted((a, b) => a - b), whole.length];
      const chunks = cuts.slice(1).map((end, index) => whole.subarray(cuts[index], end));
      const lines = whole.toString().split('\n');
      expect(cutAll(chunks)).toEqual(
        lines.filter((line) => line.trim() !== '').map((line) => ({ text: line })),
      );
    }),
  );
});

test('a line that is not UTF-8 has a fault of its own, and its neighbours have none', () => {
  const lines = cutAll([
    Buffer.from('one\n'),
    Buffer.from([0xff, 0x0a]),
    Buffer.from('\ufffd\nfour'),
  ]);
  expect(lines.map(({ fault }) => fault)).toEqual([
    undefined,
    'expected JSON in UTF-8, got other bytes',
    undefined,
    undefined,
  ]);
  const atOnce = cutAll([Buffer.from([0x0a, 0x61, 0x0a, 0xff, 0x0a, 0x62, 0x0a])]);
  expect(atOnce.map(({ text, fault }) => fault ?? text)).toEqual([
    'a',
    'expected JSON in UTF-8, got other bytes',
    'b',
  ]);
});

test('of a line that is too long the beginning is held, and what follows it is read', () => {
  const cutter = createLineCutter({ longest: 10 });
  for (let count = 0; count < 100; count += 1) cutter.push(Buffer.from('0123456'));
  expect(cutter.held).toBe(10);
  cutter.push(Buffer.from('\nnext\n'));
  expect(cutter.take()).toEqual([
    { text: '0123456012', fault: 'expected a record of at most 10 bytes, got 700' },
    { text: 'next' },
  ]);
});
