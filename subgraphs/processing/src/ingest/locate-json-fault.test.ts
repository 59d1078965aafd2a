import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { locateJsonFault } from './locate-json-fault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('the place of a fault', () => {
  test('is the first character that cannot be there', () => {
    const places = [
      ['{"a":1,}', 7],
      ['[1 2]', 3],
      ['[1}', 2],
      ['{"a" 1}', 5],
      ['{a:1}', 1],
      ['[01]', 1],
      ['["\\x"]', 2],
      ['["\n"]', 2],
      ['nul ', 0],
      ['{} x', 3],
      ['[,]', 1],
    ] as const;
    for (const [text, place] of places)
      expect([text, locateJsonFault(text)]).toEqual([text, place]);
  });

  test('is the end for every text that is cut off', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, cut) => {
        const short = text.slice(0, cut % text.length);
        fc.pre(!isJson(short));
        expect(locateJsonFault(short)).toBe(short.length);
      }),
    );
  });

  test('exists exactly where JSON.parse fails', () => {
    const characters = fc.constantFrom(...'{}[]",:\\truefalsn0.-+1e \n\u0001');
    fc.assert(
      fc.property(fc.json(), fc.nat(), characters, (text, place, character) => {
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        expect(locateJsonFault(changed) === undefined).toBe(isJson(changed));
      }),
      { numRuns: 2_000 },
    );
  });
});
