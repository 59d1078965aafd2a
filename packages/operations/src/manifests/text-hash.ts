import { hash } from 'node:crypto';

/** SHA-256 of a text's UTF-8, in hexadecimal: what clients send as `sha256Hash` and in documentId. */
export function textHash(text: string): string {
  return hash('sha256', text);
}
