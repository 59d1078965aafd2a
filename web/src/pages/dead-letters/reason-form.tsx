import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';

interface ReasonFormProps {
  /** What the button does, e.g. “Discard 12”. */
  action: string;
  isBusy: boolean;
  send: (reason: string) => void;
  cancel: () => void;
}

/** Asks why, since it is for good. */
export function ReasonForm({ action, isBusy, send, cancel }: ReasonFormProps) {
  const [reason, setReason] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    send(reason);
  }

  return (
    <form onSubmit={submit} className="mt-2 grid max-w-md gap-2">
      <TextField
        label="Reason"
        value={reason}
        required
        maxLength={256}
        onChange={({ target }) => setReason(target.value)}
        hint="Kept with the records. They are not processed any more."
      />
      <div className="flex gap-2">
        <Button look="primary" type="submit" disabled={isBusy}>
          {action}
        </Button>
        <Button onClick={cancel}>Cancel</Button>
      </div>
    </form>
  );
}
