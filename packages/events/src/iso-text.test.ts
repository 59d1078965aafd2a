import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from './envelope.ts';
import { isoText } from './iso-text.ts';

const offsets = fc.constantFrom('Z', '+00:00', '+05:30', '-11:00');
const fractions = fc.constantFrom('', '.1', '.12', '.123', '.1234', '.123456789');

test('of any instant the text is what Date writes', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02'), max: new Date('9998-12-30'), noInvalidDate: true }),
      fractions,
      offsets,
      (date, fraction, offset) => {
        const text = `${date.toISOString().slice(0, 19)}${fraction}${offset}`;
        expect(instant.safeParse(text).success).toBe(true);
        expect(isoText(text, new Date(text))).toBe(new Date(text).toISOString());
      },
    ),
  );
});
