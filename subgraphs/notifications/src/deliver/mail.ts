/** A mail, ready to be sent or kept. */
export interface Mail {
  /** The delivery it belongs to; the same whenever it is sent again. */
  deliveryId: string;
  workspaceId: string;
  /** Null for somebody without an account. */
  userId: string | null;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** Hands a mail on; rejects when it was not taken. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}
