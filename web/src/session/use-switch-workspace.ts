import { useApolloClient, useMutation } from '@apollo/client/react';
import { graphql } from '../generated/index.ts';
import { useSocket } from '../graph/socket-context.ts';
import { useSessionStore } from './session-context.ts';

const switchWorkspaceMutation = graphql(`
  mutation SwitchWorkspace($input: SwitchWorkspaceInput!) {
    switchWorkspace(input: $input) {
      session {
        accessToken
        expiresAt
      }
      userErrors {
        message
      }
    }
  }
`);

/** Goes on in another workspace: a new token, and nothing of the old workspace left on the page. */
export function useSwitchWorkspace(): (workspaceId: string) => Promise<void> {
  const session = useSessionStore();
  const socket = useSocket();
  const client = useApolloClient();
  const [switchWorkspace] = useMutation(switchWorkspaceMutation);
  return async (workspaceId) => {
    const { data } = await switchWorkspace({ variables: { input: { workspaceId } } });
    const switched = data?.switchWorkspace.session;
    if (!switched) return;
    session.change(switched);
    socket.terminate();
    await client.resetStore();
  };
}
