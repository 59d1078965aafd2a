const descriptions: Record<string, string> = {
  expired: 'That took too long, or began in another browser. Try again.',
  refused: 'The provider did not sign you in. Try again, or sign in another way.',
  unavailable: 'The provider does not answer. Try again, or sign in another way.',
  'link-first':
    'No account is known by this sign-in. Sign in with your password first, then add the provider in your account.',
  taken: 'This sign-in belongs to another account already.',
};

/** Why signing in at a provider came to nothing, in words; undefined when nothing is said of any. */
export const describeProblem = (problem: string | null): string | undefined =>
  problem === null ? undefined : (descriptions[problem] ?? descriptions.refused);
