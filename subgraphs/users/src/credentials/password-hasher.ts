import { randomUUID } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

export interface PasswordHasher {
  /** argon2id in PHC format. */
  hash(password: string): Promise<string>;
  /** Does the same work when there is no hash to compare with, and then answers false. */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>;
}

/**
 * The first recommendation of OWASP's password storage cheat sheet for argon2id, which is this
 * package's algorithm unless told otherwise: 19 MiB, two passes, one lane. It runs on libuv's
 * threads, so at most as many hashes at once as there are threads, and none on the event loop.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes once at the start: the decoy that unknown accounts are compared with. */
export async function createPasswordHasher(): Promise<PasswordHasher> {
  const decoy = await hash(randomUUID(), cost);
  return {
    hash: (password) => hash(password, cost),
    async verify(passwordHash, password) {
      const matches = await verify(passwordHash ?? decoy, password);
      return matches && passwordHash !== undefined;
    },
  };
}
