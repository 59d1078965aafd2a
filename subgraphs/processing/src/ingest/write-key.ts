import { createHash, randomBytes } from 'node:crypto';

const pattern = /^tw_[\w-]{43}$/;
const hintLength = 7;

/** A new secret for producers: 256 random bits. */
export const createWriteKey = (): string => `tw_${randomBytes(32).toString('base64url')}`;

/** The first characters, enough to recognise a key and useless to guess it. */
export const writeKeyHint = (writeKey: string): string => writeKey.slice(0, hintLength);

/** What is stored. One round of SHA-256 is enough for a secret that cannot be guessed. */
export const hashWriteKey = (writeKey: string): string =>
  createHash('sha256').update(writeKey).digest('hex');

export const isWriteKey = (text: string): boolean => pattern.test(text);
