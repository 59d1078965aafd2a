/** Turning the second factor on: it counts once a code of it was shown. */
import { type Principal, requireUser } from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import QRCode from 'qrcode';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newTotpSecret,
  totpUri,
} from '../credentials/one-time-code.ts';
import { seal } from '../credentials/sealed.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { enableTotp, type MfaStore, replaceRecoveryCodes, takeStep } from '../stores/mfa-store.ts';
import type { CheckPassword } from './check-password.ts';
import { byPerson, mailTo } from './notes.ts';
import type { OwnAccount } from './own-account.ts';
import type { StepOf } from './second-factor.ts';
import type { Sessions } from './sessions.ts';

export interface Enrolment {
  /** For typing; the code holds the same. */
  secret: string;
  uri: string;
  /** An image as data: URL. */
  qrCode: string;
}

export interface MfaEnrolment {
  /** @throws InputError for a wrong password, CONFLICT when a second factor is on. */
  startEnrolment(principal: Principal, password: string, origin: Origin): Promise<Enrolment>;
  /** Turns it on and ends all other sessions, which began without it. Answers the recovery codes, once. */
  confirmEnrolment(principal: Principal, code: string, origin: Origin): Promise<string[]>;
}

export interface MfaEnrolmentDependencies {
  store: MfaStore;
  ownAccount: OwnAccount;
  attempts: SignInAttempts;
  checkPassword: CheckPassword;
  stepOf: StepOf;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
  /** What secrets are kept with. */
  sealingKey: Buffer;
}

export function createMfaEnrolment(dependencies: MfaEnrolmentDependencies): MfaEnrolment {
  const { store, checkPassword, sessions, sealingKey } = dependencies;

  async function withoutFactor(principal: Principal): Promise<AccountRow> {
    const account = await dependencies.ownAccount(principal);
    if (!account.totpEnabledAt) return account;
    throw new TributaryError('CONFLICT', 'Two-step sign-in is on already.');
  }

  return {
    async startEnrolment(principal, password, origin) {
      const account = await withoutFactor(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      const secret = newTotpSecret();
      await store.prepare(account.id, seal(sealingKey, account.id, secret));
      const uri = totpUri(secret, account.email);
      return { secret, uri, qrCode: await QRCode.toDataURL(uri, { margin: 1, width: 240 }) };
    },

    async confirmEnrolment(principal, code, origin) {
      const account = await withoutFactor(principal);
      const step = await checkFirstCode(dependencies, account, code);
      const codes = await enable(dependencies, { account, step, origin });
      const user = requireUser(principal);
      await sessions.endAll(account.id, origin, { except: user.session });
      if (user.session !== undefined) await sessions.noteMfa(user, new Date());
      return codes;
    },
  };
}

/** @throws InputError for a wrong one, RATE_LIMITED. */
async function checkFirstCode(
  { attempts, stepOf }: MfaEnrolmentDependencies,
  account: AccountRow,
  code: string,
): Promise<number> {
  await attempts.beginCode(account.id);
  const step = await stepOf(account, code);
  if (step === undefined) {
    throw inputError('is wrong: type what the application shows now', ['input', 'code']);
  }
  await attempts.codeSucceeded(account.id);
  return step;
}

async function enable(
  { journal, mails }: MfaEnrolmentDependencies,
  { account, step, origin }: { account: AccountRow; step: number; origin: Origin },
): Promise<string[]> {
  const codes = newRecoveryCodes();
  await journal.commit(async (client) => {
    await enableTotp(client, account.id);
    await takeStep(client, account.id, step);
    await replaceRecoveryCodes(client, account.id, codes.map(hashRecoveryCode));
    return {
      audit: [byPerson('mfa.enabled', account, origin)],
      messages: [mailTo(account, mails.mfaChanged(true, origin))],
    };
  });
  return codes;
}
