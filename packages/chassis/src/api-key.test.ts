import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSecretOf, newApiKey, parseApiKey } from './api-key.ts';

test('a key leads back to its id, and only its own secret fits its hash', () => {
  const id = randomUUID();
  const { text, secretHash } = newApiKey(id);
  const key = parseApiKey(text);
  expect(key?.id).toBe(id);
  expect(key && isSecretOf(key, secretHash)).toBe(true);
  expect(key && isSecretOf(key, newApiKey(id).secretHash)).toBe(false);
});

test('a key with any one character changed is no key', () => {
  const { text } = newApiKey(randomUUID());
  for (let place = 0; place < text.length; place += 1) {
    const other = text[place] === 'a' ? 'b' : 'a';
    expect(parseApiKey(text.slice(0, place) + other + text.slice(place + 1)), text).toBeUndefined();
  }
});
