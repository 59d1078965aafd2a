/** Random secrets that leave the service once and are kept as hashes. */
import { createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** 256 bits, so that a plain SHA-256 is enough to keep it: there is nothing to guess. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const hashSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** A key for one purpose, derived from the service's own (HKDF, RFC 5869). */
export function deriveKey(identityKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', identityKey, '', `tributary ${purpose}`, 32));
}

export const authenticate = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');
