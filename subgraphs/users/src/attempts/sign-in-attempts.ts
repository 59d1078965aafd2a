/**
 * Bounds guessing. An attempt is counted before it is looked at, so that many at once are no way
 * around, and taken back when it was good. Names that have no account are counted alike.
 */
import { TributaryError } from '@tributary/errors';
import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { hashSecret } from '../credentials/secret.ts';

const quarterHour = 15 * 60;
const day = 24 * 3_600;

export interface Attempt {
  email: string;
  /** Empty when unknown; those share one count. */
  address: string;
  /** The hash of a device that the account has been signed in on before. */
  knownDevice: string | undefined;
}

export interface SignInAttempts {
  /**
   * Answers whether it is the last one: if it fails, the account is locked for devices it has not seen.
   * @throws RATE_LIMITED when there were too many.
   */
  begin(attempt: Attempt): Promise<{ isLast: boolean }>;
  succeeded(attempt: Attempt): Promise<void>;
  unlock(email: string): Promise<void>;
  /** Counts a wrong second factor of a person. @throws RATE_LIMITED when there were too many. */
  beginCode(subject: string): Promise<void>;
  codeSucceeded(subject: string): Promise<void>;
  /** Counts who leaves for a provider from an address. @throws RATE_LIMITED when there were too many. */
  beginExternal(address: string): Promise<void>;
  /** Counts mails that anybody can have sent to an address; false when there were too many. */
  mayMail(email: string, address: string): Promise<boolean>;
}

/** How many of what, and for how many seconds they count. */
function createLimiters(redis: Redis) {
  const limiter = (name: string, points: number, duration: number) =>
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `identity:attempts:${name}`,
      points,
      duration,
    });
  return {
    pairs: limiter('pair', 5, quarterHour),
    devices: limiter('device', 5, quarterHour),
    addresses: limiter('address', 100, quarterHour),
    accounts: limiter('account', 10, day),
    codes: limiter('code', 5, quarterHour),
    externals: limiter('external', 100, quarterHour),
    mails: limiter('mail', 5, 3_600),
    mailSenders: limiter('mail-sender', 30, 3_600),
  };
}

const pairKey = ({ email, address }: Attempt) => hashSecret(`${email} ${address}`);
const accountKey = (email: string) => hashSecret(email);

export function createSignInAttempts({ redis }: { redis: Redis }): SignInAttempts {
  const { pairs, devices, addresses, accounts, codes, externals, mails, mailSenders } =
    createLimiters(redis);

  /** What the address refuses is no attempt on the account. */
  async function beginOnUnknownDevice(attempt: Attempt): Promise<{ isLast: boolean }> {
    const key = accountKey(attempt.email);
    const count = await consume(accounts, key);
    try {
      await consume(pairs, pairKey(attempt));
    } catch (error) {
      await accounts.reward(key, 1);
      throw error;
    }
    return { isLast: count === accounts.points };
  }

  return {
    async begin(attempt) {
      const { address, knownDevice } = attempt;
      await consume(addresses, address);
      if (knownDevice === undefined) return beginOnUnknownDevice(attempt);
      await consume(devices, knownDevice);
      return { isLast: false };
    },
    async succeeded(attempt) {
      const { email, address, knownDevice } = attempt;
      await Promise.all([
        addresses.reward(address, 1),
        ...(knownDevice !== undefined
          ? [devices.delete(knownDevice)]
          : [pairs.delete(pairKey(attempt)), accounts.delete(accountKey(email))]),
      ]);
    },
    async unlock(email) {
      await accounts.delete(accountKey(email));
    },
    async beginCode(subject) {
      await consume(codes, subject);
    },
    async codeSucceeded(subject) {
      await codes.delete(subject);
    },
    async beginExternal(address) {
      await consume(externals, address);
    },
    async mayMail(email, address) {
      try {
        await consume(mailSenders, address);
        await consume(mails, accountKey(email));
        return true;
      } catch (error) {
        if (error instanceof TributaryError) return false;
        throw error;
      }
    },
  };
}

/** Answers how many there were, this one among them. */
async function consume(limiter: RateLimiterRedis, key: string): Promise<number> {
  try {
    return (await limiter.consume(key, 1)).consumedPoints;
  } catch (error) {
    if (error instanceof RateLimiterRes) throw tooMany(Math.ceil(error.msBeforeNext / 1000));
    throw error;
  }
}

function tooMany(seconds: number): TributaryError {
  const minutes = Math.max(1, Math.ceil(seconds / 60));
  const message = `There were too many attempts. Try again in ${minutes} minutes, or reset the password.`;
  return new TributaryError('RATE_LIMITED', message);
}
