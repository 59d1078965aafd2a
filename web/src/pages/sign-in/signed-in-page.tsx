import { useMutation } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { LoadingState } from '../../components/states.tsx';
import { keepDeviceToken } from '../../session/device-token.ts';
import { ownPath } from '../../session/own-path.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { useSession, useSessionStore } from '../../session/session-context.ts';
import { rememberDeviceMutation } from './provider-documents.ts';

/** Where a provider's sign-in ends: the session's cookie is there, and its token is fetched. */
export function SignedInPage() {
  const [from] = useState(() => ownPath(readFragment('from')));
  const [isNewDevice] = useState(() => readFragment('device') === 'new');
  const store = useSessionStore();
  const { session, endedBecause } = useSession();
  const [remember] = useMutation(rememberDeviceMutation);

  useEffect(() => {
    void store.arrive().then(async (isSignedIn) => {
      if (!isSignedIn || !isNewDevice) return;
      const { data } = await remember();
      keepDeviceToken(data?.rememberDevice.deviceToken);
    });
  }, [store, remember, isNewDevice]);

  if (session) return <Navigate to={from} replace />;
  if (endedBecause) return <Navigate to="/sign-in" replace />;
  return <LoadingState />;
}
