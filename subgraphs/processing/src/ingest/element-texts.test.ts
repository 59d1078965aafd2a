import fc from 'fast-check';
import { expect, test } from 'vitest';
import { elementTexts } from './element-texts.ts';

test('the elements of any array come out as they were written', () => {
  const padding = fc.constantFrom('', ' ', '\n\t ');
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.json(), padding)), padding, (elements, end) => {
      const texts = elements.map(([json, space]) => `${space}${json}${space}`);
      expect(elementTexts(`[${texts.join(',')}${elements.length === 0 ? end : ''}]${end}`)).toEqual(
        texts,
      );
    }),
  );
});

test('a text is an array of JSON elements exactly when JSON.parse takes it', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'[]{}",:\\1 a'), maxLength: 12 });
  const parses = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  fc.assert(
    fc.property(noise, (inner) => {
      const text = `[${inner}`;
      expect(elementTexts(text)?.every(parses) ?? false).toBe(parses(text));
    }),
    { numRuns: 5_000 },
  );
});
