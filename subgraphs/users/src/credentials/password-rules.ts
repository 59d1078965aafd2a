/**
 * What a password has to be: long, and nothing that guessing starts with. No characters are
 * prescribed (NIST SP 800-63B-4, 3.1.1.2).
 */
import { inputError } from '@tributary/errors';
import { dictionary } from '@zxcvbn-ts/language-common';

export const shortestPassword = 12;
/** With a second factor a password is not all that stands between a thief and the account. */
export const shortestPasswordWithMfa = 8;
export const longestPassword = 256;

export interface PasswordOwner {
  email: string;
  name: string;
  hasMfa: boolean;
}

const common: ReadonlySet<string> = new Set(dictionary['passwords-common']);
const shortestWord = 4;

/** @throws InputError at `field` with what is wrong. */
export function assertGoodPassword(
  password: string,
  owner: PasswordOwner,
  field: readonly string[],
): void {
  const shortest = owner.hasMfa ? shortestPasswordWithMfa : shortestPassword;
  if (password.length < shortest) {
    throw inputError(`must be at least ${shortest} characters`, field);
  }
  if (password.length > longestPassword) {
    throw inputError(`must be at most ${longestPassword} characters`, field);
  }
  if (isCommon(password)) {
    throw inputError('is among the passwords that are guessed first: choose another', field);
  }
  if (isPersonal(password, owner)) {
    throw inputError('must not be made of your name or e-mail address', field);
  }
}

/** Common as it is, without what is put around a word, or as a short piece repeated. */
function isCommon(password: string): boolean {
  const plain = password.toLowerCase();
  const word = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return common.has(plain) || common.has(word) || word === '' || /^(.{1,4})\1+$/u.test(plain);
}

/** Too little is left once the person's own words are taken out. */
function isPersonal(password: string, { email, name }: PasswordOwner): boolean {
  const words = `${email} ${name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  const known = words.filter((word) => word.length >= shortestWord);
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), password.toLowerCase());
  return rest.length < password.length && rest.length < shortestPasswordWithMfa;
}
