/** The second factor: a person turns it on and off for themselves, and shows it. */
import { type Principal, requireFreshMfa, requireUser } from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import QRCode from 'qrcode';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newTotpSecret,
  totpStepOf,
  totpUri,
} from '../credentials/one-time-code.ts';
import { seal, unseal } from '../credentials/sealed.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  disableTotp,
  enableTotp,
  type MfaStore,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from '../stores/mfa-store.ts';
import type { CheckPassword } from './check-password.ts';
import { byPerson, bySomebody, mailTo } from './notes.ts';
import type { Sessions } from './sessions.ts';

export interface Enrolment {
  /** For typing; the code holds the same. */
  secret: string;
  uri: string;
  /** An image as data: URL. */
  qrCode: string;
}

export interface Mfa {
  /** @throws UNAUTHENTICATED for a wrong code, RATE_LIMITED. */
  verify(account: AccountRow, code: string, origin: Origin): Promise<void>;
  /** @throws InputError for a wrong password, CONFLICT when a second factor is on. */
  startEnrolment(principal: Principal, password: string, origin: Origin): Promise<Enrolment>;
  /** Turns it on and ends all other sessions, which began without it. Answers the recovery codes, once. */
  confirmEnrolment(principal: Principal, code: string, origin: Origin): Promise<string[]>;
  /** @throws MFA_REQUIRED unless it was shown within the last 15 minutes. */
  disable(principal: Principal, origin: Origin): Promise<void>;
  /** @throws MFA_REQUIRED likewise. The codes before are worthless from now on. */
  replaceCodes(principal: Principal, origin: Origin): Promise<string[]>;
  state(userId: string): Promise<{ isEnabled: boolean; recoveryCodesLeft: number }>;
}

export interface MfaDependencies {
  store: MfaStore;
  accounts: AccountStore;
  attempts: SignInAttempts;
  checkPassword: CheckPassword;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
  /** What secrets are kept with. */
  sealingKey: Buffer;
}

export function createMfa(dependencies: MfaDependencies): Mfa {
  const { store, accounts, attempts, checkPassword, sessions, journal, mails, sealingKey } =
    dependencies;

  async function ownAccount(principal: Principal): Promise<AccountRow> {
    const account = await accounts.findById(requireUser(principal).subject);
    if (account) return account;
    throw new TributaryError('UNAUTHENTICATED', 'There is no such account any more.');
  }

  /**
   * The account of a person whose factor was shown a moment ago; in a token from before enrolment,
   * which says nothing of one, it was when they enrolled. @throws MFA_REQUIRED.
   */
  async function freshlyShown(principal: Principal): Promise<AccountRow> {
    const user = requireUser(principal);
    const account = await ownAccount(principal);
    const enabledAt = account.totpEnabledAt?.getTime();
    requireFreshMfa({ ...user, mfaAt: user.mfaAt ?? (enabledAt && enabledAt / 1000) });
    return account;
  }

  /** The step that the code belongs to, while the factor is in use, or about to be. */
  async function stepOf({ id }: AccountRow, code: string): Promise<number | undefined> {
    const row = await store.find(id);
    if (!row?.secret) return undefined;
    return totpStepOf(unseal(sealingKey, id, row.secret), code.trim(), row.lastStep);
  }

  async function takeCode(account: AccountRow, code: string): Promise<boolean> {
    const step = await stepOf(account, code);
    if (step === undefined) return false;
    let isTaken = false;
    await journal.commit(async (client) => {
      isTaken = await takeStep(client, account.id, step);
      return { audit: [] };
    });
    return isTaken;
  }

  async function takeRecovery(account: AccountRow, code: string, origin: Origin): Promise<boolean> {
    let isTaken = false;
    await journal.commit(async (client) => {
      isTaken = await takeRecoveryCode(client, account.id, hashRecoveryCode(code));
      return { audit: isTaken ? [byPerson('mfa.recoveryCodeUsed', account, origin)] : [] };
    });
    return isTaken;
  }

  return {
    async verify(account, code, origin) {
      await attempts.beginCode(account.id);
      if ((await takeCode(account, code)) || (await takeRecovery(account, code, origin))) {
        return attempts.codeSucceeded(account.id);
      }
      await journal.note({ audit: [bySomebody('mfa.failed', account, origin)] });
      throw new TributaryError('UNAUTHENTICATED', 'This code is wrong, or was used already.');
    },

    async startEnrolment(principal, password, origin) {
      const account = await ownAccount(principal);
      if (account.totpEnabledAt)
        throw new TributaryError('CONFLICT', 'Two-step sign-in is on already.');
      await checkPassword(account, password, origin, ['input', 'password']);
      const secret = newTotpSecret();
      await store.prepare(account.id, seal(sealingKey, account.id, secret));
      const uri = totpUri(secret, account.email);
      return { secret, uri, qrCode: await QRCode.toDataURL(uri, { margin: 1, width: 240 }) };
    },

    async confirmEnrolment(principal, code, origin) {
      const account = await ownAccount(principal);
      if (account.totpEnabledAt)
        throw new TributaryError('CONFLICT', 'Two-step sign-in is on already.');
      await attempts.beginCode(account.id);
      const step = await stepOf(account, code);
      if (step === undefined)
        throw inputError('is wrong: type what the application shows now', ['input', 'code']);
      await attempts.codeSucceeded(account.id);
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
      const user = requireUser(principal);
      await sessions.endAll(account.id, origin, { except: user.session });
      if (user.session !== undefined) await sessions.noteMfa(user, new Date());
      return codes;
    },

    async disable(principal, origin) {
      const account = await freshlyShown(principal);
      await journal.commit(async (client) => {
        await disableTotp(client, account.id);
        return {
          audit: [byPerson('mfa.disabled', account, origin)],
          messages: [mailTo(account, mails.mfaChanged(false, origin))],
        };
      });
      await sessions.forgetMfa(account.id);
    },

    async replaceCodes(principal, origin) {
      const account = await freshlyShown(principal);
      if (!account.totpEnabledAt) throw new TributaryError('CONFLICT', 'Two-step sign-in is off.');
      const codes = newRecoveryCodes();
      await journal.commit(async (client) => {
        await replaceRecoveryCodes(client, account.id, codes.map(hashRecoveryCode));
        return { audit: [byPerson('mfa.recoveryCodesReplaced', account, origin)] };
      });
      return codes;
    },

    async state(userId) {
      const row = await store.find(userId);
      const recoveryCodesLeft = await store.unusedRecoveryCodes(userId);
      return { isEnabled: row?.enabledAt != null, recoveryCodesLeft };
    },
  };
}
