import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';

/** An Ed25519 private key as JWK in JSON. What is wrong with one is never quoted: it is a secret. */
export const tokenKeySchema = z.string().transform((text, context): KeyObject => {
  const key = readKey(text);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  context.addIssue('must be an Ed25519 private key as JWK in JSON');
  return z.NEVER;
});

function readKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey({ key: JSON.parse(text), format: 'jwk' });
  } catch {
    return undefined;
  }
}

export interface PublicKey extends JWK {
  /** RFC 7638 thumbprint. */
  kid: string;
}

/** The public half, derived from the private one rather than copied out of its JWK. */
export async function publicKeyOf(privateKey: KeyObject): Promise<PublicKey> {
  const jwk: JWK = createPublicKey(privateKey).export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint(jwk, 'sha256');
  return { ...jwk, kid, alg: 'EdDSA', use: 'sig' };
}
