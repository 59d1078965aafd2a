import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';

/** The cost that the users service hashes with (OWASP's first recommendation for argon2id). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** How many passwords this machine checks a second when it does nothing else, on as many threads as it has cores. */
export async function measureHashBound(seconds: number): Promise<number> {
  const known = await hash('correct horse battery', cost);
  const end = performance.now() + seconds * 1000;
  let done = 0;
  const start = performance.now();
  const worker = async () => {
    while (performance.now() < end) {
      await verify(known, 'correct horse battery');
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return done / ((performance.now() - start) / 1000);
}
