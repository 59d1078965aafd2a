import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

export interface ErrorDescription {
  title: string;
  /** What the reader can do next. */
  advice: string;
}

const byCode: Record<string, ErrorDescription> = {
  FORBIDDEN: {
    title: 'Your role does not allow this',
    advice: 'Ask an owner of the workspace for a role that does.',
  },
  MFA_REQUIRED: {
    title: 'Confirm that it is you',
    advice: 'This takes a fresh code of your authenticator application.',
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    advice: 'Wait a minute, then try again.',
  },
  UNAVAILABLE: {
    title: 'A part of Tributary is away',
    advice: 'It usually comes back within a minute. Try again then.',
  },
  INTERNAL: {
    title: 'Something failed on our side',
    advice: 'Try again. If it stays, tell the person who runs Tributary.',
  },
};

const unreachable: ErrorDescription = {
  title: 'Tributary cannot be reached',
  advice: 'Check your connection and that the gateway runs, then try again.',
};

/** Says what went wrong and what to do next, in words for the person on shift. */
export function describeError(error: unknown): ErrorDescription {
  if (ServerError.is(error)) {
    return byCode[error.statusCode === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE'] ?? unreachable;
  }
  if (!CombinedGraphQLErrors.is(error)) return unreachable;
  const first = error.errors[0];
  const known = byCode[String(first?.extensions?.code)];
  return known ?? { title: first?.message ?? 'The request failed', advice: 'Try again.' };
}

/** Whether the second factor has to be shown again first. */
export function needsSecondFactor(error: unknown): boolean {
  if (!CombinedGraphQLErrors.is(error)) return false;
  return error.errors.some(({ extensions }) => extensions?.code === 'MFA_REQUIRED');
}
