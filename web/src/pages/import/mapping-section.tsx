import { useApolloClient, useMutation } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/panel.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import type { ImportFormat } from '../../generated/graphql.ts';
import {
  cancelImportMutation,
  previewImportQuery,
  startImportMutation,
} from './import-page-documents.ts';
import { inputOf, MappingEditor } from './mapping-editor.tsx';
import type { Mapping, Preview } from './preview.ts';
import { PreviewedRows } from './previewed-rows.tsx';

interface MappingSectionProps {
  id: string;
  format: ImportFormat;
}

/** How rows become events: proposed, changed, tried on the first rows, then started. */
export function MappingSection({ id, format }: MappingSectionProps) {
  const { preview, mistakes, error, isBusy, look } = usePreview(id);
  const [mapping, setMapping] = useState<Mapping>();
  const [start, starting] = useMutation(startImportMutation);
  const [cancel, cancelling] = useMutation(cancelImportMutation);
  const shown = mapping ?? preview?.mapping;
  const refusals = [...mistakes, ...(starting.data?.startImport.userErrors ?? [])];
  const failure = error ?? starting.error ?? cancelling.error;

  if (!preview || !shown) {
    if (failure || refusals.length > 0) return <Mistakes failure={failure} refusals={refusals} />;
    return <LoadingState />;
  }
  const run = () => start({ variables: { input: { id, mapping: inputOf(shown) } } });
  return (
    <>
      <Section title="How rows become events">
        <MappingEditor
          mapping={shown}
          columns={preview.columns}
          format={format}
          change={setMapping}
        />
      </Section>
      <Mistakes failure={failure} refusals={refusals} />
      <div className="mb-6 flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={() => void look(shown)}>
          Try it on the first rows
        </Button>
        <Button
          look="primary"
          disabled={starting.loading}
          onClick={() => void run().catch(() => {})}
        >
          Start the import
        </Button>
        <Button
          look="quiet"
          onClick={() => void cancel({ variables: { input: { id } } }).catch(() => {})}
        >
          Cancel for good
        </Button>
      </div>
      <PreviewedRows preview={preview} />
    </>
  );
}

function Mistakes({ failure, refusals }: { failure: unknown; refusals: readonly Mistake[] }) {
  return (
    <>
      {failure !== undefined && <ErrorState error={failure} />}
      <div role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.map(({ message, field }) => (
          <p key={`${field?.join('.')} ${message}`}>
            {field?.slice(2).join('.')} {message}
          </p>
        ))}
      </div>
    </>
  );
}

interface Mistake {
  message: string;
  field?: readonly string[] | null;
}

/** Asks for a proposal at once, and for what a mapping comes to when told. */
function usePreview(id: string) {
  const client = useApolloClient();
  const [preview, setPreview] = useState<Preview>();
  const [mistakes, setMistakes] = useState<readonly Mistake[]>([]);
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);

  const look = useCallback(
    async (mapping?: Mapping): Promise<void> => {
      setBusy(true);
      try {
        const input = { id, ...(mapping && { mapping: inputOf(mapping) }) };
        const { data } = await client.query({
          query: previewImportQuery,
          variables: { input },
          fetchPolicy: 'no-cache',
        });
        if (data?.previewImport.preview) setPreview(data.previewImport.preview);
        setMistakes(data?.previewImport.userErrors ?? []);
        setError(undefined);
      } catch (failure) {
        setError(failure);
      } finally {
        setBusy(false);
      }
    },
    [client, id],
  );
  useEffect(() => void look(), [look]);
  return { preview, mistakes, error, isBusy, look };
}
