import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import pLimit from 'p-limit';

export interface PasswordHasher {
  /** argon2id in PHC format. */
  hash(password: string): Promise<string>;
  /** Does the same work when there is no hash to compare with, and then answers false. */
  verify(passwordHash: string | null | undefined, password: string): Promise<boolean>;
  /** Whether the hash came from elsewhere, or from before the cost was raised. */
  isOutdated(passwordHash: string): boolean;
}

/**
 * The first recommendation of OWASP's password storage cheat sheet for argon2id, which is this
 * package's algorithm unless told otherwise: 19 MiB, two passes, one lane.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const current = '$argon2id$v=19$m=19456,t=2,p=1$';
const bcrypt = /^\$2[aby]\$/;

/**
 * Hashing runs on libuv's threads, never on the event loop. More at once than there are cores would
 * finish no sooner, and leave no thread to files and names: there are four unless told otherwise.
 */
const mostAtOnce = Math.min(availableParallelism(), 3);

/** Hashes once at the start: the decoy that unknown accounts are compared with. */
export async function createPasswordHasher(): Promise<PasswordHasher> {
  const limit = pLimit(mostAtOnce);
  const decoy = await hash(randomUUID(), cost);
  return {
    hash: (password) => limit(() => hash(password, cost)),
    verify: (passwordHash, password) =>
      limit(async () => {
        const held = passwordHash ?? decoy;
        const matches = bcrypt.test(held)
          ? await verifyBcrypt(password, held)
          : await verify(held, password);
        return matches && passwordHash != null;
      }),
    isOutdated: (passwordHash) => !passwordHash.startsWith(current),
  };
}
