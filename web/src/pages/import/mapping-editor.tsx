import { Panel } from '../../components/panel.tsx';
import { TextField } from '../../components/text-field.tsx';
import { SelectField } from '../../forms/select-field.tsx';
import type { ImportMappingInput, ImportTimeFormat } from '../../generated/graphql.ts';
import { FieldList } from './field-list.tsx';
import type { Mapping, MappingEditorProps } from './preview.ts';

const timeFormats = [
  { value: 'ISO', label: '2026-11-21 09:30, with or without a zone' },
  { value: 'UNIX_SECONDS', label: 'Seconds since 1970' },
  { value: 'UNIX_MILLISECONDS', label: 'Milliseconds since 1970' },
  { value: 'MONTH_DAY_YEAR', label: '11/21/2026 09:30' },
  { value: 'DAY_MONTH_YEAR', label: '21.11.2026 09:30' },
] as const satisfies readonly { value: ImportTimeFormat; label: string }[];

const none = { value: '', label: 'None' };

/** A mapping as it is sent: what the server answered has type names in it. */
export function inputOf(mapping: Mapping): ImportMappingInput {
  const { layout, delimiter, hasHeader, encoding, eventType, eventSource, ...rest } = mapping;
  const { timeColumn, timeFormat, idColumn, subjectColumn, fields } = rest;
  return {
    layout,
    delimiter,
    hasHeader,
    encoding,
    eventType,
    eventSource,
    timeColumn,
    timeFormat,
    idColumn,
    subjectColumn,
    fields: fields.map(({ column, name, type }) => ({ column, name, type })),
  };
}

export function MappingEditor({ mapping, columns, format, change }: MappingEditorProps) {
  const options = [none, ...columns.map(({ name }) => ({ value: name, label: name }))];
  const set = (part: Partial<Mapping>) => change({ ...mapping, ...part });
  const column = (label: string, name: 'timeColumn' | 'idColumn' | 'subjectColumn') => (
    <SelectField
      label={label}
      options={options}
      value={mapping[name] ?? ''}
      onChange={({ target }) => set({ [name]: target.value || null })}
    />
  );
  if (mapping.layout === 'EVENTS') {
    return (
      <Panel className="p-4 text-[13px]">
        Each row is a CloudEvent already, and is taken as it is.
      </Panel>
    );
  }
  return (
    <Panel className="grid gap-4 p-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label="Event type"
          value={mapping.eventType ?? ''}
          onChange={({ target }) => set({ eventType: target.value || null })}
        />
        {column('Subject, whose rows stay in order', 'subjectColumn')}
        {column('Time', 'timeColumn')}
        <SelectField
          label="Format of the time"
          options={timeFormats}
          value={mapping.timeFormat}
          disabled={mapping.timeColumn === null}
          onChange={({ target }) => {
            const chosen = timeFormats.find(({ value }) => value === target.value);
            if (chosen) set({ timeFormat: chosen.value });
          }}
        />
        {column('Id; the row’s number where there is none', 'idColumn')}
        {format === 'CSV' && (
          <TextField
            label="Between cells"
            value={mapping.delimiter}
            maxLength={1}
            onChange={({ target }) => set({ delimiter: target.value })}
          />
        )}
      </div>
      <FieldList mapping={mapping} columns={columns} change={change} />
    </Panel>
  );
}
