/** Showing the second factor: a code of the application, or a recovery code; each is good once. */
import { TributaryError } from '@tributary/errors';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { hashRecoveryCode, totpStepOf } from '../credentials/one-time-code.ts';
import { unseal } from '../credentials/sealed.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { type MfaStore, takeRecoveryCode, takeStep } from '../stores/mfa-store.ts';
import { byPerson, bySomebody } from './notes.ts';

/** @throws UNAUTHENTICATED for a wrong code, RATE_LIMITED. */
export type ShowSecondFactor = (account: AccountRow, code: string, origin: Origin) => Promise<void>;

/** The time step that a code belongs to, while the factor is in use, or about to be; undefined for a wrong one. */
export type StepOf = (account: AccountRow, code: string) => Promise<number | undefined>;

/** `sealingKey` is what secrets are kept with. */
export function createStepOf(dependencies: { store: MfaStore; sealingKey: Buffer }): StepOf {
  const { store, sealingKey } = dependencies;
  return async ({ id }, code) => {
    const row = await store.find(id);
    if (!row?.secret) return undefined;
    return totpStepOf(unseal(sealingKey, id, row.secret), code.trim(), row.lastStep);
  };
}

export interface ShowSecondFactorDependencies {
  stepOf: StepOf;
  attempts: SignInAttempts;
  journal: Journal;
}

export function createShowSecondFactor(
  dependencies: ShowSecondFactorDependencies,
): ShowSecondFactor {
  const { stepOf, attempts, journal } = dependencies;

  async function takeCode(account: AccountRow, code: string): Promise<boolean> {
    const step = await stepOf(account, code);
    if (step === undefined) return false;
    const { isTaken } = await journal.commit(async (client) => ({
      isTaken: await takeStep(client, account.id, step),
      audit: [],
    }));
    return isTaken;
  }

  async function takeRecovery(account: AccountRow, code: string, origin: Origin): Promise<boolean> {
    const used = [byPerson('mfa.recoveryCodeUsed', account, origin)];
    const { isTaken } = await journal.commit(async (client) => {
      const isTaken = await takeRecoveryCode(client, account.id, hashRecoveryCode(code));
      return { isTaken, audit: isTaken ? used : [] };
    });
    return isTaken;
  }

  return async (account, code, origin) => {
    await attempts.beginCode(account.id);
    if ((await takeCode(account, code)) || (await takeRecovery(account, code, origin))) {
      return attempts.codeSucceeded(account.id);
    }
    await journal.note({ audit: [bySomebody('mfa.failed', account, origin)] });
    throw new TributaryError('UNAUTHENTICATED', 'This code is wrong, or was used already.');
  };
}
