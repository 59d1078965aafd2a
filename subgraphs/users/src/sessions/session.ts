/** A person signed in on one device, speaking for one workspace at a time. */
export interface Session {
  id: string;
  /** The person's id. */
  subject: string;
  workspace: string;
  /** In words, e.g. "Firefox on Linux". */
  device: string;
  /** Where it was last used from. */
  address: string;
  createdAt: Date;
  lastUsedAt: Date;
  /** When it ends however much it is used. */
  endsAt: Date;
  /** RFC 8176 names of how the person signed in, e.g. ["pwd", "otp"]. */
  methods: string[];
  authenticatedAt: Date;
  /** When a second factor was last shown; undefined when the person has none. */
  mfaAt: Date | undefined;
}

/** From the first refresh token on, however often it is rotated. */
export const sessionLifetimeMilliseconds = 7 * 24 * 3_600_000;
/** A session that is not refreshed for this long is over. */
export const sessionIdleMilliseconds = 8 * 3_600_000;
/** The first refresh token is handed out this long after signing in, and once. */
export const firstTokenMilliseconds = 2 * 60_000;
/** Two tabs may send the same token at about the same time: for this long both get its successor. */
export const rotationGraceMilliseconds = 20_000;
