const minute = 60_000;
const day = 24 * 3_600_000;

/** How long the link in a mail is good, in milliseconds. */
export const lifetimes = {
  verifyEmail: day,
  changeEmail: day,
  resetPassword: 30 * minute,
  unlock: day,
  invitation: 7 * day,
} as const;

export const goodFor = (milliseconds: number): Date => new Date(Date.now() + milliseconds);
