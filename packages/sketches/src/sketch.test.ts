import fc from 'fast-check';
import { HyperLogLog } from 'hyperlolo';
import { describe, expect, test } from 'vitest';
import { createSketch, type SketchedFigure } from './index.ts';

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e289, max: 1e289 }),
  fc.integer({ min: -500, max: 5_000 }),
);

function sketchOf(figure: SketchedFigure, values: readonly (number | string)[]) {
  const sketch = createSketch(figure);
  for (const value of values) sketch.add(value);
  return sketch;
}

describe.each<[SketchedFigure, fc.Arbitrary<number | string>]>([
  [{ kind: 'percentile', percent: 95 }, number],
  [{ kind: 'distinct' }, fc.string()],
])('$kind', (figure, value) => {
  test('parts add up to the whole, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value)), (parts) => {
        const whole = sketchOf(figure, parts.flat()).toBytes();
        const merged = createSketch(figure);
        for (const part of parts.toReversed()) merged.merge(sketchOf(figure, part).toBytes());
        expect(merged.toBytes()).toEqual(whole);
      }),
    );
  });

  test('the bytes of parts after each other are the whole too', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value)), (parts) => {
        const merged = createSketch(figure);
        merged.merge(Buffer.concat(parts.map((part) => sketchOf(figure, part).toBytes())));
        expect(merged.toBytes()).toEqual(sketchOf(figure, parts.flat()).toBytes());
      }),
    );
  });

  test('nothing has no figure', () => {
    expect(createSketch(figure).figure()).toBeUndefined();
  });
});

test('a percentile is within 1% of a number of this rank', () => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1 }),
      fc.double({ min: 0.1, max: 100, noNaN: true }),
      (numbers, percent) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1] ?? 0;
        const told = sketchOf({ kind: 'percentile', percent }, numbers).figure() ?? Number.NaN;
        expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.0101 + 1e-9);
      },
    ),
  );
});

test('percentile sketches that were stored as JSON are read beside those of now', () => {
  const merged = createSketch({ kind: 'percentile', percent: 95 });
  const now = sketchOf({ kind: 'percentile', percent: 95 }, [-7, 1e289]).toBytes();
  const [json, empty] = ['[[-1134,2],[0,5],[1266,3]]', '[]'].map((text) => Buffer.from(text));
  merged.merge(Buffer.concat([json ?? now, empty ?? now, now, json ?? now]));
  const again = createSketch({ kind: 'percentile', percent: 95 });
  again.merge(json ?? now);
  again.merge(json ?? now);
  again.merge(now);
  expect(merged.toBytes()).toEqual(again.toBytes());
  expect(merged.figure()).toBeCloseTo(100, -1);
});

test.each<[SketchedFigure, number]>([
  [{ kind: 'percentile', percent: 95 }, 3],
  [{ kind: 'distinct' }, 3],
  [{ kind: 'distinct' }, 5_000],
])('bytes that are cut off, or no sketch, are refused: %j of %i values', (figure, size) => {
  const merged = createSketch(figure);
  const bytes = sketchOf(figure, [...Array(size).keys()]).toBytes();
  expect(() => merged.merge(bytes.subarray(0, -1))).toThrow(RangeError);
  expect(() => merged.merge(Buffer.from('x'))).toThrow(RangeError);
});

test('a distinct count of few values takes some bytes, and those of before, all registers of any number, are read beside it', () => {
  const texts = ['anna', 'bernd', 'cem'];
  const ofBefore = new HyperLogLog({ precision: 12 });
  for (const text of texts) ofBefore.add(text);
  const merged = createSketch({ kind: 'distinct' });
  const dora = sketchOf({ kind: 'distinct' }, ['dora']).toBytes();
  merged.merge(Buffer.concat([ofBefore.serialize(), dora, ofBefore.serialize()]));
  expect(merged.toBytes()).toEqual(sketchOf({ kind: 'distinct' }, [...texts, 'dora']).toBytes());
  expect(merged.figure()).toBe(4);
  expect(dora.length).toBeLessThan(10);
});

test.each([
  ['ff 0100 ffff 01', 65_535],
  ['ff 0100 0000 00', 0],
  ['ff 0100 0000 c8', 0],
])('registers that there cannot be are refused: %s', (bytes, place) => {
  const merged = createSketch({ kind: 'distinct' });
  expect(() => merged.merge(Buffer.from(bytes.replaceAll(' ', ''), 'hex'))).toThrow(
    `no register ${place} `,
  );
});

test('counting distinct values gives what the library counts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.string(), (size, prefix) => {
      const texts = Array.from({ length: size }, (_, index) => `${prefix}${index}`);
      const ofLibrary = new HyperLogLog({ precision: 12 });
      for (const text of texts) ofLibrary.add(text);
      const told = sketchOf({ kind: 'distinct' }, texts).figure();
      expect(told).toBe(Math.round(ofLibrary.count()));
    }),
    { numRuns: 30 },
  );
});

test.each([1, 10, 300, 4_000, 200_000])(
  '%i different texts are counted, a twentieth more or less',
  (size) => {
    const texts = Array.from({ length: size }, (_, index) => `passenger-${index}`);
    const told = sketchOf({ kind: 'distinct' }, [...texts, ...texts]).figure() ?? 0;
    expect(Math.abs(told - size)).toBeLessThanOrEqual(size * 0.05);
  },
);
