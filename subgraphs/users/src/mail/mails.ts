/** What the service writes to people, in words; links carry their secret in the fragment, which no server sees. */
import type { MailText } from '../announce/mail-requested.ts';
import type { Origin } from '../origin.ts';
import { describeDevice } from '../sessions/describe-device.ts';

export type Mails = ReturnType<typeof createMails>;

const notYou =
  'If this was not you, reset your password now: that signs out every device. Then look through the sessions of your account.';

/** What is told of what happened; there is nothing to follow in it. */
const notices = {
  refreshTokenReused: (device: string): MailText => ({
    subject: 'A session was ended for your safety',
    paragraphs: [
      `Somebody used an old key to your session on ${device}. Old keys are used by nobody but thieves, so this session was ended, for them and for you.`,
      notYou,
    ],
  }),
  newDevice: (origin: Origin): MailText => ({
    subject: 'A new sign-in to your account',
    paragraphs: [`Your account was signed in to from ${whereFrom(origin)}.`, notYou],
  }),
  newCountry: (country: string, origin: Origin): MailText => ({
    subject: 'A sign-in from another country',
    paragraphs: [
      `Your account was signed in to from ${countryName(country)}, where it was never used before: ${whereFrom(origin)}.`,
      notYou,
    ],
  }),
  accountExists: (): MailText => ({
    subject: 'You have an account already',
    paragraphs: [
      'Somebody, probably you, tried to open an account with this address. It has one already: sign in, or reset the password if you do not remember it.',
      'If this was not you, there is nothing to do.',
    ],
  }),
  passwordChanged: (origin: Origin): MailText => ({
    subject: 'Your password was changed',
    paragraphs: [`The password of your account was changed from ${whereFrom(origin)}.`, notYou],
  }),
  mfaChanged: (isOn: boolean, origin: Origin): MailText => ({
    subject: isOn ? 'Two-step sign-in is on' : 'Two-step sign-in is off',
    paragraphs: [
      `Two-step sign-in was turned ${isOn ? 'on' : 'off'} from ${whereFrom(origin)}.`,
      notYou,
    ],
  }),
  identityLinked: (provider: string, origin: Origin): MailText => ({
    subject: `You can sign in with ${provider} now`,
    paragraphs: [
      `${provider} was added to your account as a way to sign in, from ${whereFrom(origin)}.`,
      notYou,
    ],
  }),
  identityUnlinked: (provider: string, origin: Origin): MailText => ({
    subject: `You no longer sign in with ${provider}`,
    paragraphs: [`${provider} was taken out of your account, from ${whereFrom(origin)}.`, notYou],
  }),
  deletionRequested: (): MailText => ({
    subject: 'Your account is to be deleted',
    paragraphs: [
      'You asked for your account to be deleted. You are signed out everywhere; signing in again within 30 days takes the request back.',
      notYou,
    ],
  }),
};

/** `publicUrl` is where people reach the web application. */
export function createMails({ publicUrl }: { publicUrl: string }) {
  const link = (path: string, label: string, secret: string) => ({
    label,
    url: `${publicUrl.replace(/\/+$/, '')}${path}#token=${secret}`,
  });

  return {
    ...notices,
    verifyEmail: (secret: string, expiresAt: Date): MailText => ({
      subject: 'Confirm your e-mail address',
      paragraphs: [
        'Welcome to Tributary. Confirm that this address is yours. The link is good for a day.',
      ],
      link: link('/verify-email', 'Confirm the address', secret),
      expiresAt,
    }),
    resetPassword: (secret: string, expiresAt: Date): MailText => ({
      subject: 'Choose a new password',
      paragraphs: [
        'Somebody, probably you, asked for a new password. The link is good once, for 30 minutes.',
        'If this was not you, there is nothing to do: without the link nobody can change it.',
      ],
      link: link('/reset-password', 'Choose a new password', secret),
      expiresAt,
    }),
    changeEmail: (newEmail: string, secret: string, expiresAt: Date): MailText => ({
      subject: 'Confirm the change of your e-mail address',
      paragraphs: [
        `Your account is to use ${newEmail} from now on. It will once the change is confirmed at the old address and at the new one. The links are good for a day.`,
        notYou,
      ],
      link: link('/confirm-email', 'Confirm the change', secret),
      expiresAt,
    }),
    locked: (secret: string, expiresAt: Date): MailText => ({
      subject: 'Sign-in to your account is locked',
      paragraphs: [
        'There were too many wrong passwords for your account. Devices you have used before can still sign in; for all others, unlock it here.',
      ],
      link: link('/unlock', 'Unlock the sign-in', secret),
      expiresAt,
    }),
    invitation: (
      invited: { workspace: string; inviter: string; role: string },
      secret: string,
      expiresAt: Date,
    ): MailText => ({
      subject: `${invited.inviter} invites you to ${invited.workspace}`,
      paragraphs: [
        `${invited.inviter} would like you to join the workspace ${invited.workspace} on Tributary as ${invited.role.toLowerCase()}. The link is good for seven days.`,
      ],
      link: link('/invitation', 'Join the workspace', secret),
      expiresAt,
    }),
  };
}

function whereFrom({ agent, address }: Origin): string {
  return `${describeDevice(agent)}${address ? ` (address ${address})` : ''}`;
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

const countryName = (code: string): string => countryNames.of(code) ?? code;
