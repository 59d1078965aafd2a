import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { Tag } from '../../components/tag.tsx';
import { useSessionStore } from '../../session/session-context.ts';
import { accountQuery } from './account-documents.ts';
import { disableMfaMutation, replaceRecoveryCodesMutation } from './mfa-documents.ts';
import { MfaEnrolmentForms } from './mfa-enrolment-forms.tsx';
import type { Account } from './profile-forms.tsx';

/** Two-step sign-in: on, off, or on its way. */
export function MfaSection({ account }: { account: Account }) {
  const [codes, setCodes] = useState<readonly string[]>([]);
  if (codes.length > 0) return <RecoveryCodes codes={codes} done={() => setCodes([])} />;
  if (!account.mfa?.isEnabled) return <MfaEnrolmentForms onEnabled={setCodes} />;
  return <MfaOn left={account.mfa.recoveryCodesLeft} onCodes={setCodes} />;
}

function MfaOn(props: { left: number; onCodes: (codes: readonly string[]) => void }) {
  const refetchQueries = [accountQuery];
  const session = useSessionStore();
  const [disable, disabling] = useMutation(disableMfaMutation, {
    refetchQueries,
    // The next token speaks of no second factor.
    onCompleted: () => void session.renew(),
  });
  const [replace, replacing] = useMutation(replaceRecoveryCodesMutation, { refetchQueries });
  const error = disabling.error ?? replacing.error;
  const isBusy = disabling.loading || replacing.loading;
  const newCodes = async () => {
    const { data } = await replace();
    props.onCodes(data?.replaceRecoveryCodes.recoveryCodes ?? []);
  };
  return (
    <div className="grid gap-3 text-sm">
      {error && <ErrorState error={error} />}
      <p>
        <Tag tone="good">On</Tag> {props.left} recovery codes are left.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={() => void newCodes().catch(() => {})}>
          New recovery codes
        </Button>
        <Button disabled={isBusy} onClick={() => void disable().catch(() => {})}>
          Turn off
        </Button>
      </div>
    </div>
  );
}

function RecoveryCodes({ codes, done }: { codes: readonly string[]; done: () => void }) {
  return (
    <div className="grid gap-3 text-sm">
      <p>Keep these codes safe: each stands in for your telephone once. They are shown only now.</p>
      <ul aria-label="Recovery codes" className="grid max-w-sm gap-1 font-mono text-[13px]">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div>
        <Button look="primary" onClick={done}>
          I have kept them
        </Button>
      </div>
    </div>
  );
}
