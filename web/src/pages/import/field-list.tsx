import { fieldClass } from '../../components/text-field.tsx';
import type { ImportFieldType } from '../../generated/graphql.ts';
import type { MappingEditorProps } from './preview.ts';

const types = {
  STRING: 'Text',
  INTEGER: 'Whole number',
  NUMBER: 'Number',
  BOOLEAN: 'True or false',
  JSON: 'JSON',
} satisfies Record<ImportFieldType, string>;
const options = Object.entries(types) as [ImportFieldType, string][];

/** Which columns become fields of the data, under which name and type. */
export function FieldList({ mapping, columns, change }: Omit<MappingEditorProps, 'format'>) {
  const set = (fields: typeof mapping.fields) => change({ ...mapping, fields });
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">Fields of the data</legend>
      <ul aria-label="Columns" className="divide-y divide-line">
        {columns.map((column) => {
          const field = mapping.fields.find((one) => one.column === column.name);
          const others = mapping.fields.filter((one) => one !== field);
          const replace = (part: object) => {
            if (field)
              set(mapping.fields.map((one) => (one === field ? { ...one, ...part } : one)));
          };
          const add = () =>
            set([...others, { column: column.name, name: column.name, type: column.type }]);
          return (
            <li
              key={column.name}
              className="grid items-center gap-2 py-2 sm:grid-cols-[2fr_2fr_1fr]"
            >
              <label className="flex min-w-0 items-center gap-2 text-[13px]">
                <input
                  type="checkbox"
                  checked={field !== undefined}
                  onChange={() => (field ? set(others) : add())}
                />
                <span className="min-w-0">
                  <span className="font-medium break-all">{column.name}</span>
                  <span className="block truncate text-xs text-muted">
                    {column.examples.join(' · ')}
                  </span>
                </span>
              </label>
              <input
                aria-label={`Name of ${column.name} in the event`}
                className={`${fieldClass} text-base sm:text-sm`}
                value={field?.name ?? ''}
                disabled={!field}
                onChange={({ target }) => replace({ name: target.value })}
              />
              <select
                aria-label={`Type of ${column.name}`}
                className={`${fieldClass} text-base sm:text-sm`}
                value={field?.type ?? column.type}
                disabled={!field}
                onChange={({ target }) => replace({ type: target.value })}
              >
                {options.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
