import type { BasicType } from 'hyparquet-writer';
import type { ExportedEvent } from '../../stores/export-store.ts';
import type { FieldKinds } from '../../stores/survey-fields.ts';
import { ChangedMeanwhile } from './changed-meanwhile.ts';
import { fieldColumnNames, ownColumns } from './column-names.ts';
import type { Data } from './export-writer.ts';

export interface ParquetColumn {
  name: string;
  type: BasicType;
  nullable: boolean;
  valueIn: (event: ExportedEvent, data: Data) => unknown;
}

/** Without chosen fields, `data` is one column of JSON; else each field is one, of the type that its values have. */
export function parquetColumns(kinds: FieldKinds): ParquetColumn[] {
  return [...eventColumns, ...(kinds.size === 0 ? [dataColumn] : fieldColumns(kinds))];
}

const own = (
  name: string,
  type: BasicType,
  valueIn: (event: ExportedEvent) => unknown,
): ParquetColumn => ({ name, type, nullable: false, valueIn });

const [id, time, type, acceptedAt] = ownColumns;
const eventColumns = [
  own(id, 'STRING', (event) => event.eventId),
  own(time, 'TIMESTAMP', (event) => new Date(event.time)),
  own(type, 'STRING', (event) => event.type),
  own(acceptedAt, 'TIMESTAMP', (event) => new Date(event.acceptedAt)),
];

const dataColumn: ParquetColumn = {
  name: 'data',
  type: 'JSON',
  nullable: false,
  valueIn: (_, data) => data,
};

/** Of fields whose values are all of one kind. */
const typeOfKind: Readonly<Record<string, BasicType>> = {
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  string: 'STRING',
};

function fieldColumns(kinds: FieldKinds): ParquetColumn[] {
  const names = fieldColumnNames([...kinds.keys()]);
  return [...kinds].map(([field, all], place) => {
    const [kind = 'string', ...others] = [...all].filter((each) => each !== 'null');
    const type = others.length === 0 ? (typeOfKind[kind] ?? 'JSON') : 'JSON';
    return {
      name: names[place] ?? field,
      type,
      nullable: true,
      valueIn: (_, data) => fieldValue(data, field, type === 'JSON' ? undefined : kind),
    };
  });
}

function fieldValue(data: Data, field: string, kind: string | undefined): unknown {
  const value = Object.hasOwn(data, field) ? data[field] : null;
  if (value !== null && kind !== undefined && typeof value !== kind)
    throw new ChangedMeanwhile(field);
  return value;
}
