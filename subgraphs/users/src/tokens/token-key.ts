import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';

/** An Ed25519 private key as JWK in JSON. What is wrong with one is never quoted: it is a secret. */
export const tokenKeySchema = z.string().transform((text, context): KeyObject => {
  const key = readPrivateKey(text);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  context.addIssue('must be an Ed25519 private key as JWK in JSON');
  return z.NEVER;
});

function readPrivateKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: JSON.parse(text), format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** Keys that tokens were, or will be, signed with: public JWKs in a JSON array. */
export const otherTokenKeysSchema = z.string().transform((text, context): KeyObject[] => {
  const keys = readPublicKeys(text);
  if (keys?.every((key) => key.asymmetricKeyType === 'ed25519')) return keys;
  context.addIssue('must be a JSON array of Ed25519 public keys as JWK');
  return z.NEVER;
});

function readPublicKeys(text: string): KeyObject[] | undefined {
  try {
    const keys: JWK[] = z.array(z.looseObject({ kty: z.string() })).parse(JSON.parse(text));
    return keys.map((key) => createPublicKey({ key, format: 'jwk' }));
  } catch {
    return undefined;
  }
}

export interface PublicKey extends JWK {
  /** RFC 7638 thumbprint. */
  kid: string;
  kty: string;
}

/** The public half, derived from the private one rather than copied out of its JWK. */
export const publicKeyOf = (privateKey: KeyObject): Promise<PublicKey> =>
  describePublicKey(createPublicKey(privateKey));

/** A public key as the key set shows it. */
export async function describePublicKey(key: KeyObject): Promise<PublicKey> {
  const jwk = z.looseObject({ kty: z.string() }).parse(key.export({ format: 'jwk' }));
  const kid = await calculateJwkThumbprint(jwk, 'sha256');
  return { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
}
