import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { ErrorState } from '../../components/states.tsx';
import { formatNumber } from '../../format/format-value.ts';
import { useSessionStore } from '../../session/session-context.ts';

interface RejectedDownloadProps {
  id: string;
  count: number;
}

/** The rows that were not taken, as a file. */
export function RejectedDownload({ id, count }: RejectedDownloadProps) {
  const session = useSessionStore();
  const [error, setError] = useState<unknown>();
  const [refusal, setRefusal] = useState('');

  async function download(format: string): Promise<void> {
    setError(undefined);
    setRefusal('');
    try {
      const answer = await fetch(`/v1/imports/${id}/rejected?format=${format}`, {
        headers: { authorization: `Bearer ${session.current().session?.accessToken}` },
      });
      if (answer.ok) save(await answer.blob(), `rejected-${id}.${format}`);
      else setRefusal(await reasonOf(answer));
    } catch (failure) {
      setError(failure);
    }
  }

  return (
    <Panel className="grid gap-2 p-4 text-[13px]">
      {error !== undefined && <ErrorState error={error} />}
      <p role="alert" className="text-critical empty:hidden">
        {refusal}
      </p>
      <p>
        {formatNumber(count)} {count === 1 ? 'row was' : 'rows were'} not taken. The file says of
        each where it stands, what was expected and what came.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void download('csv')}>Download as CSV</Button>
        <Button onClick={() => void download('ndjson')}>Download as NDJSON</Button>
      </div>
    </Panel>
  );
}

/** Of the problem that the server told (RFC 9457). @throws SyntaxError for what a proxy may answer instead. */
async function reasonOf(answer: Response): Promise<string> {
  const { detail } = (await answer.json()) as { detail?: string };
  return detail ?? 'It was refused.';
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
