/** What a failed attempt to send says of the next one. */
export interface MailFailure {
  /** Trying again would end the same way. */
  isPermanent: boolean;
  /** For the mail's reader: a server's own words, but nothing of how it is reached. */
  reason: string;
}

const longestReason = 500;

/** Refused before any server was asked. */
export class UndeliverableMail extends Error {}

/**
 * SMTP replies of 5xx are permanent (RFC 5321, 4.2.1), except to our own sign-in: that is our set-up,
 * not the mail. Everything else, an absent server among it, is worth another attempt.
 */
export function toMailFailure(error: unknown): MailFailure {
  if (error instanceof UndeliverableMail) return { isPermanent: true, reason: error.message };
  const { code, responseCode, response } = readSmtpError(error);
  if (code === 'EAUTH') return retryable('The mail server refused our sign-in.');
  if (responseCode === undefined) return retryable('The mail server could not be reached.');
  return {
    isPermanent: responseCode >= 500,
    reason: (response ?? String(responseCode)).slice(0, longestReason),
  };
}

function retryable(reason: string): MailFailure {
  return { isPermanent: false, reason };
}

/** The fields that nodemailer's errors have. https://nodemailer.com/errors/ */
function readSmtpError(error: unknown): {
  code?: unknown;
  responseCode?: number | undefined;
  response?: string | undefined;
} {
  if (typeof error !== 'object' || error === null) return {};
  return {
    code: 'code' in error ? error.code : undefined,
    responseCode:
      'responseCode' in error && typeof error.responseCode === 'number'
        ? error.responseCode
        : undefined,
    response:
      'response' in error && typeof error.response === 'string' ? error.response : undefined,
  };
}
