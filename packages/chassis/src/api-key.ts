/**
 * API keys of partners: `trk_<key's id>_<secret>_<checksum>`. The prefix lets scanners of leaked
 * secrets recognise one, the checksum lets a gateway refuse a mistyped or made-up one unseen.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

export interface ApiKey {
  id: string;
  secret: string;
}

const prefix = 'trk';
const pattern = /^trk_([0-9a-f]{32})_([\w-]{43})_([0-9a-f]{8})$/;

export const isApiKey = (text: string): boolean => text.startsWith(`${prefix}_`);

/** A new secret for the key with this id, as its owner gets to see it once. */
export function newApiKey(id: string): { text: string; secretHash: string } {
  const secret = randomBytes(32).toString('base64url');
  const body = `${prefix}_${id.replaceAll('-', '')}_${secret}`;
  return { text: `${body}_${checksum(body)}`, secretHash: hashApiSecret(secret) };
}

/** Undefined for a text that is no key, or whose checksum is wrong. */
export function parseApiKey(text: string): ApiKey | undefined {
  const match = pattern.exec(text);
  const [, id = '', secret = '', given] = match ?? [];
  if (!match || given !== checksum(`${prefix}_${id}_${secret}`)) return undefined;
  return { id: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), secret };
}

/** 256 random bits need no slow hash. */
export const hashApiSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');

/** In the same time, however much of it is right. */
export function isSecretOf({ secret }: ApiKey, secretHash: string): boolean {
  const [given, kept] = [Buffer.from(hashApiSecret(secret)), Buffer.from(secretHash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}

const checksum = (body: string): string => crc32(body).toString(16).padStart(8, '0');
