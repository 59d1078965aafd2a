import { createClient } from 'graphql-ws';
import { expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import { signUp } from './support/account.ts';
import { createFlightsWorkspace } from './support/flights-workspace.ts';
import { keyOf } from './support/key-of.ts';
import { sendFlights } from './support/send-flights.ts';

interface Follower extends AsyncDisposable {
  results: unknown[];
  /** How the gateway closed the socket; undefined while it is open. */
  closed(): { code: number; reason: string } | undefined;
}

/** Subscribes once and stays ended when it is. Resolves when the subscription is live. */
async function follow(credential: string, query: string): Promise<Follower> {
  const results: unknown[] = [];
  let closed: { code: number; reason: string } | undefined;
  const client = createClient({
    url: `${inject('stackUrl').replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${credential}` },
    retryAttempts: 0,
    on: {
      closed(event) {
        const { code, reason } = event as { code: number; reason: string };
        closed = { code, reason };
      },
    },
  });
  const live = Promise.withResolvers<void>();
  client.subscribe(
    { query, extensions: { resume: { cursor: null } } },
    {
      next({ data, extensions }) {
        const { snapshot, state } = (extensions ?? {}) as { snapshot?: boolean; state?: string };
        if (data && !snapshot) results.push(data);
        if (state === 'LIVE') live.resolve();
      },
      error: live.reject,
      complete: () => {},
    },
  );
  await live.promise;
  return {
    results,
    closed: () => closed,
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}

const inbox = 'subscription { notificationReceived { id } }';
const revoked = { code: 4401, reason: 'access revoked' };
const withinFiveSeconds = { timeout: 5_000 };

test('a partner follows a dashboard with its key, until the key is revoked', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  const { key, apiKey } = await keyOf(workspace);
  const { dashboardId } = workspace;
  await using partner = await follow(
    key,
    `subscription { widgetUpdated(dashboardId: "${dashboardId}") { value } }`,
  );
  await sendFlights(workspace, 5, 12);
  await expect.poll(() => partner.results.length).toBeGreaterThan(0);
  expect(partner.closed()).toBeUndefined();
  const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) { done } }';
  await workspace.ask(revoke, { id: apiKey.id });
  await expect.poll(partner.closed, withinFiveSeconds).toEqual(revoked);
});

test('a session that is ended takes its subscriptions along', async () => {
  const ada = await signUp(inject('stackUrl'));
  await using follower = await follow(ada.accessToken, inbox);
  const { data } = await ada.ask('{ sessions { id } }');
  const end = 'mutation ($id: ID!) { endSession(id: $id) { endedSessions } }';
  await ada.ask(end, { id: data.sessions[0].id });
  await expect.poll(follower.closed, withinFiveSeconds).toEqual(revoked);
});

test('who gets another role, or leaves the workspace, has to come again, and its owner has not', async () => {
  const [ada, grace] = [await signUp(inject('stackUrl')), await signUp(inject('stackUrl'))];
  const invitation = await ada.ask(
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link userErrors { message } } }',
    { input: { email: grace.email, role: 'EDITOR' } },
  );
  const token = /#token=(.+)$/.exec(invitation.data.inviteMember.link)?.[1];
  const joined = await grace.ask(
    'mutation ($input: MailedTokenInput!) { acceptInvitation(input: $input) { membership { id } userErrors { message } } }',
    { input: { token } },
  );
  const membershipId = joined.data.acceptInvitation.membership.id;
  const tokenThere = async () => {
    const { data } = await grace.ask(
      'mutation ($input: SwitchWorkspaceInput!) { switchWorkspace(input: $input) { session { accessToken } } }',
      { input: { workspaceId: ada.workspaceId } },
    );
    return data.switchWorkspace.session.accessToken as string;
  };
  await using owner = await follow(ada.accessToken, inbox);
  await using editor = await follow(await tokenThere(), inbox);
  await ada.ask(
    'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { userErrors { message } } }',
    { input: { membershipId, role: 'VIEWER' } },
  );
  await expect.poll(editor.closed, withinFiveSeconds).toEqual(revoked);
  await using viewer = await follow(await tokenThere(), inbox);
  await ada.ask('mutation ($id: ID!) { removeMember(membershipId: $id) { done } }', {
    id: membershipId,
  });
  await expect.poll(viewer.closed, withinFiveSeconds).toEqual(revoked);
  expect(owner.closed()).toBeUndefined();
});
