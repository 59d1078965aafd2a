import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { apiClientQuery, pushOperationsMutation } from './api-client-documents.ts';
import { ProblemList } from './problem-list.tsx';
import type { ShownProblem } from './shown-client.ts';

/** Files of operations as the next version; what could not run is told by line, and nothing is kept then. */
export function PushForm({ clientId }: { clientId: string }) {
  const [push] = useMutation(pushOperationsMutation, { refetchQueries: [apiClientQuery] });
  const [problems, setProblems] = useState<readonly ShownProblem[]>([]);
  const [done, setDone] = useState<string | undefined>(undefined);
  const files = useRef<HTMLInputElement>(null);
  const form = useForm({
    fields: ['files', 'note'],
    async send(read) {
      setDone(undefined);
      const given = await readFiles(files.current?.files);
      const input = { clientId, note: read('note'), files: given };
      const pushed = (await push({ variables: { input } })).data?.pushOperations;
      setProblems(pushed?.problems ?? []);
      return pushed;
    },
    onDone({ manifest }, element) {
      if (!manifest) return;
      setDone(`Version ${manifest.version} is there. Activate it to let it run.`);
      element.reset();
    },
  });
  const { byField } = form.errors;
  return (
    <>
      {problems.length > 0 && (
        <ProblemList title="Nothing was registered: these could not run" problems={problems} />
      )}
      <Form form={form} action="Push" done={done}>
        <TextField
          ref={files}
          label="Files"
          name="files"
          type="file"
          multiple
          required
          accept=".json,.graphql,.gql"
          hint="Apollo’s manifest, Relay’s map, or GraphQL documents."
          error={byField.files}
        />
        <TextField label="Note" name="note" hint="E.g. a commit." error={byField.note} />
      </Form>
    </>
  );
}

function readFiles(files: FileList | null | undefined) {
  return Promise.all(
    [...(files ?? [])].map(async (file) => ({ name: file.name, content: await file.text() })),
  );
}
