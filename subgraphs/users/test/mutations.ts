/** The mutations of the users service. */
import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';

/** Everything that is for people, with what it takes. */
export const forPeople = [
  'endSession(id: "x") { endedSessions }',
  'endOtherSessions { endedSessions }',
  'switchWorkspace(input: { workspaceId: "x" }) { mailSent }',
  'confirmSecondFactor(input: { code: "x" }) { mailSent }',
  'requestEmailVerification { done }',
  'changePassword(input: { currentPassword: "x", newPassword: "x" }) { done }',
  'updateProfile(input: { name: "x" }) { user { id } }',
  'requestEmailChange(input: { newEmail: "x@example.com", password: "x" }) { done }',
  'requestAccountDeletion(input: { password: "x" }) { done }',
  'startMfaEnrolment(input: { password: "x" }) { enrolment { secret } }',
  'confirmMfaEnrolment(input: { code: "x" }) { recoveryCodes }',
  'disableMfa { done }',
  'replaceRecoveryCodes { recoveryCodes }',
  'rememberDevice { deviceToken }',
  'startIdentityLink(input: { provider: "x", password: "x" }) { ticket }',
  'unlinkIdentity(id: "x") { done }',
  'createWorkspace(input: { name: "x" }) { workspace { id } }',
  'renameWorkspace(input: { name: "x" }) { workspace { id } }',
  'inviteMember(input: { email: "x@example.com", role: VIEWER }) { link }',
  'withdrawInvitation(id: "x") { done }',
  'acceptInvitation(input: { token: "x" }) { membership { id } }',
  'changeMemberRole(input: { membershipId: "x", role: VIEWER }) { membership { id } }',
  'createRole(input: { name: "x", scopes: ["read:alerts"] }) { role { id } }',
  'changeRole(input: { id: "x", name: "x", scopes: ["read:alerts"] }) { role { id } }',
  'deleteRole(id: "x") { done }',
  'removeMember(membershipId: "x") { done }',
  'leaveWorkspace { done }',
  'createApiClient(input: { name: "x", contactEmail: "x@example.com", scopes: ["read:analytics"] }) { apiClient { id } }',
  'retireApiClient(id: "x") { apiClient { id } }',
  'setClientBudgets(input: { clientId: "x" }) { apiClient { id } }',
  'setOperationMode(input: { clientId: "x", mode: ANY }) { apiClient { id } }',
  'pushOperations(input: { clientId: "x", files: [{ name: "x.json", content: "{}" }] }) { manifest { version } }',
  'activateOperations(input: { clientId: "x", version: 1 }) { manifest { version } }',
  'rollBackOperations(input: { clientId: "x" }) { manifest { version } }',
  'retireOperations(input: { clientId: "x", version: 1 }) { manifest { version } }',
  'createApiKey(input: { clientId: "x" }) { key }',
  'rotateApiKey(input: { id: "x" }) { key }',
  'revokeApiKey(id: "x") { done }',
];

/** The names of all of them. */
export function mutationNames(): string[] {
  const file = new URL('../../../schema/users.graphql', import.meta.url);
  return parse(readFileSync(file, 'utf8')).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Mutation'
      ? (definition.fields ?? []).map(({ name }) => name.value)
      : [],
  );
}
