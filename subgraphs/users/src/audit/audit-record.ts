import type { Principal } from '@tributary/chassis';
import type { Origin } from '../origin.ts';

/** Everything that is written down; the closed list. */
export type AuditAction =
  | 'account.opened'
  | 'account.emailVerified'
  | 'account.emailChanged'
  | 'account.profileChanged'
  | 'account.deletionRequested'
  | 'account.deletionTakenBack'
  | 'account.deleted'
  | 'account.locked'
  | 'account.unlocked'
  | 'password.changed'
  | 'password.reset'
  | 'password.resetRequested'
  | 'mfa.enabled'
  | 'mfa.disabled'
  | 'mfa.failed'
  | 'mfa.recoveryCodeUsed'
  | 'mfa.recoveryCodesReplaced'
  | 'signIn.failed'
  | 'signIn.refused'
  | 'session.began'
  | 'session.ended'
  | 'session.refreshTokenReused'
  | 'device.new'
  | 'country.new'
  | 'identity.linked'
  | 'identity.unlinked'
  | 'workspace.created'
  | 'workspace.renamed'
  | 'workspace.switched'
  | 'member.invited'
  | 'member.invitationWithdrawn'
  | 'member.joined'
  | 'member.roleChanged'
  | 'member.removed'
  | 'role.created'
  | 'role.changed'
  | 'role.deleted'
  | 'apiClient.created'
  | 'apiClient.changed'
  | 'apiClient.retired'
  | 'apiKey.created'
  | 'apiKey.revoked'
  | 'operations.pushed'
  | 'operations.activated'
  | 'operations.rolledBack'
  | 'operations.retired';

export interface AuditActor {
  kind: Principal['kind'] | 'system';
  id: string | null;
}

/** Who did what to which record, from where. */
export interface AuditRecord {
  /** The workspace it happened in; for what concerns an account only, the person's id. */
  chain: string;
  action: AuditAction;
  actor: AuditActor;
  target: { type: string; id: string | null };
  origin: Origin;
  /** What administrative changes changed; secrets never. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

export const personActor = (id: string): AuditActor => ({ kind: 'user', id });
export const unknownActor: AuditActor = { kind: 'anonymous', id: null };
/** What happens by itself, when its time has come. */
export const systemActor: AuditActor = { kind: 'system', id: null };
