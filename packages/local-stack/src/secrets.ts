/**
 * The keys a stack signs with: `passport` (the gateway signs, subgraphs verify) and `token` (the
 * users service signs access tokens), and `identity`, which keeps the users service's own secrets. Made once per home; a production stack brings its own.
 */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { readOrCreatePrivateFile } from './private-file.ts';

export interface KeyPair {
  publicKey: JWK;
  privateKey: JWK;
}

export interface Secrets {
  passport: KeyPair;
  token: KeyPair;
  /** 32 random bytes in base64url. */
  identity: string;
}

type Environment = Record<string, string | undefined>;

/**
 * From PASSPORT_PRIVATE_KEY, TOKEN_PRIVATE_KEY (Ed25519 as JWK) and IDENTITY_SECRET when all are
 * set, otherwise from files in `directory`, which are created (mode 0600) outside production.
 */
export async function loadOrCreateSecrets(
  directory: string,
  environment: Environment = process.env,
): Promise<Secrets> {
  const { PASSPORT_PRIVATE_KEY: passport, TOKEN_PRIVATE_KEY: token } = environment;
  const { IDENTITY_SECRET: identity } = environment;
  if (passport && token && identity) {
    return { passport: pairOf(passport), token: pairOf(token), identity };
  }
  // Keys that were made for development, and lie in a file, are no keys for production either.
  if (environment.NODE_ENV === 'production') throw new Error(bringYourOwn);
  const content = await readOrCreatePrivateFile(join(directory, 'secrets.json'), async () =>
    JSON.stringify({ passport: await createKeyPair(), token: await createKeyPair() }, null, 2),
  );
  // A file of its own: homes from before it was needed get one too.
  const secret = readOrCreatePrivateFile(join(directory, 'identity-secret'), createIdentitySecret);
  return { ...JSON.parse(content), identity: await secret };
}

export const createIdentitySecret = (): string => randomBytes(32).toString('base64url');

const bringYourOwn =
  'No keys are made in production. Set PASSPORT_PRIVATE_KEY and TOKEN_PRIVATE_KEY, each an Ed25519 ' +
  'private key as JWK in JSON, and IDENTITY_SECRET, 32 bytes in base64url (`node scripts/create-keys.ts` ' +
  'prints all of them), and keep them safe.';

export async function createKeyPair(): Promise<KeyPair> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  return splitPair({ ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' });
}

function pairOf(json: string): KeyPair {
  return splitPair({ alg: 'EdDSA', use: 'sig', ...JSON.parse(json) });
}

function splitPair(privateKey: JWK): KeyPair {
  const { d, ...publicKey } = privateKey;
  if (d === undefined) throw new Error('A signing key must be a private JWK: it has no "d".');
  return { publicKey, privateKey };
}
