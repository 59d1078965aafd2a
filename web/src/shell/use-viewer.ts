import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useSessionStore } from '../session/session-context.ts';
import { viewerQuery } from './viewer-query.ts';

/** The signed-in person. An answer without one means that the token is not accepted any more. */
export function useViewer() {
  const { data, error } = useQuery(viewerQuery);
  const session = useSessionStore();
  const isNobody = data?.viewer === null && !error;
  useEffect(() => {
    if (isNobody) session.end('expired');
  }, [isNobody, session]);
  return data?.viewer;
}
