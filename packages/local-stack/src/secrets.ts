/**
 * The keys a stack signs with: `passport` (the gateway signs, subgraphs verify) and `token` (the
 * users service signs access tokens). Made once per home; a production stack brings its own.
 */
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
}

type Environment = Record<string, string | undefined>;

/**
 * Ed25519 key pairs as JWKs: from PASSPORT_PRIVATE_KEY and TOKEN_PRIVATE_KEY when both are set,
 * otherwise from `<directory>/secrets.json`, which is created (mode 0600) outside production.
 */
export async function loadOrCreateSecrets(
  directory: string,
  environment: Environment = process.env,
): Promise<Secrets> {
  const { PASSPORT_PRIVATE_KEY: passport, TOKEN_PRIVATE_KEY: token } = environment;
  if (passport && token) return { passport: pairOf(passport), token: pairOf(token) };
  // Keys that were made for development, and lie in a file, are no keys for production either.
  if (environment.NODE_ENV === 'production') throw new Error(bringYourOwn);
  const content = await readOrCreatePrivateFile(join(directory, 'secrets.json'), async () =>
    JSON.stringify({ passport: await createKeyPair(), token: await createKeyPair() }, null, 2),
  );
  return JSON.parse(content);
}

const bringYourOwn =
  'No signing keys are made in production. Set PASSPORT_PRIVATE_KEY and TOKEN_PRIVATE_KEY, each an ' +
  'Ed25519 private key as JWK in JSON (`node scripts/create-keys.ts` prints a pair), and keep them safe.';

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
