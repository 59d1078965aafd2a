/** Prints the keys that a deployment needs, as lines for its .env file: `node scripts/create-keys.ts`. */
import { createIdentitySecret, createKeyPair } from '@tributary/local-stack';

const [passport, token] = await Promise.all([createKeyPair(), createKeyPair()]);
console.log(`PASSPORT_PRIVATE_KEY='${JSON.stringify(passport.privateKey)}'`);
console.log(`PASSPORT_PUBLIC_KEY='${JSON.stringify(passport.publicKey)}'`);
console.log(`TOKEN_PRIVATE_KEY='${JSON.stringify(token.privateKey)}'`);
console.log(`IDENTITY_SECRET=${createIdentitySecret()}`);
