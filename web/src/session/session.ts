/** What a page holds of a session. */
export interface Session {
  accessToken: string;
  /** ISO 8601. */
  expiresAt: string;
}
