/** Wiring only: session → socket → client → page. */
import './styles.css';
import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app.tsx';
import { ConnectionContext } from './graph/connection-context.ts';
import { createConnectionStore } from './graph/connection-store.ts';
import { createGraphClient } from './graph/create-client.ts';
import { createSocket } from './graph/socket.ts';
import { SocketContext } from './graph/socket-context.ts';
import { SessionContext } from './session/session-context.ts';
import { createSessionRequests } from './session/session-requests.ts';
import { createSessionStore } from './session/session-store.ts';

const session = createSessionStore({ hints: localStorage, requests: createSessionRequests() });
const connection = createConnectionStore();
const socket = createSocket({ session, connection });
const client = createGraphClient({ session, socket, connection });

// Nothing of one person's session is left for the next one.
session.subscribe(() => {
  if (session.current().session) return;
  socket.terminate();
  connection.reset();
  void client.clearStore();
});

window.addEventListener('storage', session.follow);
await session.restore();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
createRoot(root).render(
  <StrictMode>
    <SessionContext value={session}>
      <ConnectionContext value={connection}>
        <SocketContext value={socket}>
          <ApolloProvider client={client}>
            <BrowserRouter>
              <App />
            </BrowserRouter>
          </ApolloProvider>
        </SocketContext>
      </ConnectionContext>
    </SessionContext>
  </StrictMode>,
);
