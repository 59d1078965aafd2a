/** Second factors: time-based codes (RFC 6238) and recovery codes. */
import { randomInt } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { hashSecret } from './secret.ts';

/** A code is good in the step it belongs to and in the ones beside it, for clocks that are off. */
const toleranceSeconds = 30;

export const newTotpSecret = (): string => generateSecret();

/** What authenticator applications read from the QR code. */
export const totpUri = (secret: string, email: string): string =>
  generateURI({ issuer: 'Tributary', label: email, secret });

/** The step of a good code that is newer than `lastStep`; undefined for every other text. */
export function totpStepOf(
  secret: string,
  code: string,
  lastStep: bigint | null,
): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const afterTimeStep = lastStep === null ? {} : { afterTimeStep: Number(lastStep) };
  const options = { secret, token: code, epochTolerance: toleranceSeconds, ...afterTimeStep };
  const verified = verifySync(options);
  return verified.valid && 'timeStep' in verified ? verified.timeStep : undefined;
}

const recoveryCodes = 10;
/** Without characters that are read as others. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** 118 bits: with less a plain hash would not do (OWASP ASVS 5.0, 6.5.2). */
const recoveryCodeLength = 24;

/** Ten codes of 59 bits each, e.g. `k3pd-9xm2-hq7t`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: recoveryCodes }, () => {
    const letters = Array.from(
      { length: recoveryCodeLength },
      () => alphabet[randomInt(alphabet.length)],
    );
    return letters.join('').replace(/.{4}(?=.)/g, '$&-');
  });

/** However it was typed. */
export const hashRecoveryCode = (code: string): string =>
  hashSecret(code.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
