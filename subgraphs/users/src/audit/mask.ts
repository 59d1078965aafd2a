/**
 * The audit log cannot be changed, so nothing is in it that a person may ask to have deleted: of
 * names and addresses as much as tells apart what somebody knows.
 */
export const maskName = (name: string): string => `${[...name][0] ?? ''}…`;

/** The domain says whose house it is; the mailbox is masked. */
export function maskEmail(email: string): string {
  const [mailbox = '', domain = ''] = email.split('@');
  return `${maskName(mailbox)}@${domain}`;
}
