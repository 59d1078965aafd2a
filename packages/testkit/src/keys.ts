import { exportJWK, generateKeyPair } from 'jose';

/** Ed25519 key pairs as JWK JSON, the way services take them from their environment. */
export async function createKeyPair(): Promise<{ privateKey: string; publicKey: string }> {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const [privateKey, publicKey] = await Promise.all([
    exportJWK(pair.privateKey),
    exportJWK(pair.publicKey),
  ]);
  return { privateKey: JSON.stringify(privateKey), publicKey: JSON.stringify(publicKey) };
}
