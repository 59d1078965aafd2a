import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import { useSessionStore } from '../../session/session-context.ts';
import { formatBytes } from './format-bytes.ts';
import { createImportMutation, importOriginsQuery } from './import-documents.ts';
import { sendFile } from './send-file.ts';

const fields = ['source', 'file', 'fileName', 'sourceId'];

/** A file from here, or from the server's folder where there is one. */
export function NewImportForm() {
  const navigate = useNavigate();
  const session = useSessionStore();
  const { data } = useQuery(importOriginsQuery);
  const [create] = useMutation(createImportMutation);
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const sources = data?.workspace?.sources.edges.map(({ node }) => node) ?? [];
  const folder = data?.workspace?.importFolder ?? [];

  const form = useForm({
    fields,
    async send(read) {
      const sourceId = read('source');
      const fileName = read('fileName');
      if (fileName !== '') {
        const answer = await create({ variables: { input: { sourceId, fileName } } });
        const created = answer.data?.createImport;
        return created && { id: created.import?.id, userErrors: created.userErrors };
      }
      const token = session.current().session?.accessToken ?? '';
      if (!file)
        return { id: undefined, userErrors: [{ message: 'Choose a file.', field: ['file'] }] };
      return sendFile({ file, sourceId, token, onProgress: setSent });
    },
    onDone: ({ id }) => void navigate(`/sources/imports/${id}`),
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action={form.loading ? 'Sending…' : 'Send the file'}>
      <SelectField
        label="Source"
        name="source"
        options={sources.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField
        label="File"
        name="file"
        type="file"
        accept=".csv,.tsv,.ndjson,.jsonl,.json,.parquet,.gz,.zst"
        onChange={({ target }) => setFile(target.files?.[0])}
        hint="CSV, NDJSON (packed by gzip or zstd too) or Parquet."
        error={byField.file}
      />
      {folder.length > 0 && (
        <SelectField
          label="Or one of the server’s folder"
          name="fileName"
          options={[
            { value: '', label: 'None' },
            ...folder.map(({ name, bytes }) => ({
              value: name,
              label: `${name}, ${formatBytes(bytes)}`,
            })),
          ]}
        />
      )}
      {form.loading && file && sent !== undefined && (
        <p role="status" className="grid gap-1 text-[13px] text-muted">
          <progress
            aria-label="Sent"
            max={file.size}
            value={sent}
            className="w-full accent-accent"
          />
          {formatBytes(sent)} of {formatBytes(file.size)} sent
        </p>
      )}
    </Form>
  );
}
