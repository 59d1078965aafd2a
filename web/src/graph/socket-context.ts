import type { Client } from 'graphql-ws';
import { createContext, use } from 'react';

export const SocketContext = createContext<Client | null>(null);

/** The page's WebSocket, for those who subscribe past Apollo's client. */
export function useSocket(): Client {
  const socket = use(SocketContext);
  if (!socket) throw new Error('SocketContext is missing.');
  return socket;
}
