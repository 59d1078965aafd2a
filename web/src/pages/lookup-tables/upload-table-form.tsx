import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { lookupTablesQuery, putLookupTableMutation } from './lookup-table-documents.ts';
import { readTableFile } from './read-table-file.ts';

const fields = ['name', 'keyColumn', 'csv', 'rows'];

/** A CSV or JSON file as a table, or as the next version of the table of that name. */
export function UploadTableForm() {
  const [put] = useMutation(putLookupTableMutation, { refetchQueries: [lookupTablesQuery] });
  const [file, setFile] = useState<File>();
  const form = useForm({
    fields,
    async send(read) {
      const contents = file ? await readTableFile(file) : {};
      const input = { name: read('name'), keyColumn: read('keyColumn'), ...contents };
      return (await put({ variables: { input } })).data?.putLookupTable;
    },
    onDone: (_, element) => element.reset(),
  });
  const { byField } = form.errors;
  return (
    <Form form={form} action="Upload">
      <TextField
        label="Name"
        name="name"
        required
        hint="That of an existing table for its next version."
        error={byField.name}
      />
      <TextField
        label="Key column"
        name="keyColumn"
        required
        hint="What events are looked up by."
        error={byField.keyColumn}
      />
      <TextField
        label="File"
        name="file"
        type="file"
        onChange={({ target }) => setFile(target.files?.[0])}
        required
        accept=".csv,.json,text/csv,application/json"
        hint="CSV with a header line, or a JSON list of flat objects; up to 5 MB."
        error={byField.csv ?? byField.rows}
      />
    </Form>
  );
}
