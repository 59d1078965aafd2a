import { useMutation, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { TextField } from '../../components/text-field.tsx';
import { Form } from '../../forms/form.tsx';
import { optionsOf } from '../../forms/options-of.ts';
import { SelectField } from '../../forms/select-field.tsx';
import { SuggestField } from '../../forms/suggest-field.tsx';
import { useForm } from '../../forms/use-form.ts';
import type { ExportFormat } from '../../generated/graphql.ts';
import { exportedTypesQuery, prepareExportMutation } from './export-documents.ts';
import { formatHints, formatWords, isFormat } from './format-words.ts';
import { toExportInput } from './to-export-input.ts';

interface ExportFormProps {
  sources: readonly { id: string; name: string }[];
}

const names = ['sourceId', 'eventTypes', 'from', 'to', 'format', 'fields'];

/** Asks for a link that works once, and has the browser save what it gives: the page holds none of it. */
export function ExportForm({ sources }: ExportFormProps) {
  const [search, setSearch] = useSearchParams();
  const sourceId = search.get('source') ?? sources[0]?.id ?? '';
  const [format, setFormat] = useState<ExportFormat>('NDJSON');
  const { data } = useQuery(exportedTypesQuery, { variables: { sourceId } });
  const [prepare] = useMutation(prepareExportMutation);
  const [begun, setBegun] = useState(false);
  const seen = data?.source?.seenTypes ?? [];
  const fields = [...new Set(seen.flatMap((type) => type.fields.map(({ name }) => name)))];

  const form = useForm({
    fields: names,
    async send(read) {
      setBegun(false);
      const input = toExportInput({ sourceId, format, read });
      return (await prepare({ variables: { input } })).data?.prepareExport;
    },
    onDone({ link }) {
      if (link) save(link);
      setBegun(true);
    },
  });
  const { byField } = form.errors;
  const done = begun ? 'The download has begun.' : undefined;
  return (
    <Form form={form} action={form.loading ? 'Preparing…' : 'Download'} done={done} width="wide">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Source"
          value={sourceId}
          options={sources.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ target }) => setSearch({ source: target.value }, { replace: true })}
          error={byField.sourceId}
        />
        <SuggestField
          label="Event type"
          name="type"
          suggestions={seen.map(({ eventType }) => eventType)}
          hint="All types when empty."
          error={byField.eventTypes}
        />
        <TextField
          label="From"
          name="from"
          type="datetime-local"
          hint="By the events’ own time, in your time zone; the first event when empty."
          error={byField.from}
        />
        <TextField
          label="To"
          name="to"
          type="datetime-local"
          hint="Not included; now when empty."
          error={byField.to}
        />
        <SelectField
          label="Format"
          value={format}
          options={optionsOf(formatWords)}
          onChange={({ target }) => isFormat(target.value) && setFormat(target.value)}
          hint={formatHints[format]}
          error={byField.format}
        />
        <TextField
          label="Fields"
          name="fields"
          autoComplete="off"
          spellCheck={false}
          placeholder={fields.slice(0, 3).join(', ')}
          hint="Of the events’ data, with commas between; all when empty."
          error={byField.fields}
        />
      </div>
    </Form>
  );
}

/** A download, which leaves the page where it is, also when it is refused. */
function save(link: string): void {
  const anchor = document.createElement('a');
  anchor.href = link;
  anchor.download = '';
  anchor.click();
}
