import {
  type BasicType,
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  schemaFromColumnData,
} from 'hyparquet-writer';
import type { ExportedEvent } from '../../stores/export-store.ts';
import type { FieldKinds } from '../../stores/survey-fields.ts';
import { ChangedMeanwhile } from './changed-meanwhile.ts';
import { type Data, dataOf, type ExportWriter } from './export-writer.ts';

/** Rows of a group, which is what is held until it is written. */
const rowsOfGroup = 10_000;
/** Of the data of a group's rows, as JSON; beyond it the group ends early. */
const bytesOfGroup = 8_000_000;

interface Column {
  name: string;
  type: BasicType;
  nullable: boolean;
  valueIn: (event: ExportedEvent, data: Data) => unknown;
}

/** Without chosen fields, `data` is one column of JSON; else each field is one, of the type that its values have. */
export function createParquetWriter(kinds: FieldKinds): ExportWriter {
  const columns = [...eventColumns, ...(kinds.size === 0 ? [dataColumn] : fieldColumns(kinds))];
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map((column) => toSource(column, [])) }),
  });
  let group: ExportedEvent[] = [];
  let size = 0;

  function writeGroup(): Uint8Array {
    const rows = group.map((event) => ({ event, data: dataOf(event) }));
    const columnData = columns.map((column) =>
      toSource(
        column,
        rows.map(({ event, data }) => column.valueIn(event, data)),
      ),
    );
    if (rows.length > 0) parquet.write({ columnData, rowGroupSize: rows.length });
    group = [];
    size = 0;
    return take(bytes);
  }

  return {
    begin: () => take(bytes),
    write(events) {
      group.push(...events);
      size += events.reduce((sum, { data }) => sum + data.length, 0);
      const isFull = group.length >= rowsOfGroup || size >= bytesOfGroup;
      return isFull ? writeGroup() : new Uint8Array();
    },
    end() {
      const last = writeGroup();
      parquet.finish();
      return Buffer.concat([last, take(bytes)]);
    },
  };
}

/** What was written since the last time. Offsets in the file go on; the buffer begins anew. */
function take(bytes: ByteWriter): Uint8Array {
  const taken = new Uint8Array(bytes.getBuffer());
  bytes.index = 0;
  return taken;
}

const toSource = ({ name, type, nullable }: Column, data: unknown[]): ColumnSource => ({
  name,
  type,
  nullable,
  data,
});

const own = (
  name: string,
  type: BasicType,
  valueIn: (event: ExportedEvent) => unknown,
): Column => ({ name, type, nullable: false, valueIn });

const eventColumns = [
  own('id', 'STRING', ({ eventId }) => eventId),
  own('time', 'TIMESTAMP', ({ time }) => new Date(time)),
  own('type', 'STRING', ({ type }) => type),
  own('accepted_at', 'TIMESTAMP', ({ acceptedAt }) => new Date(acceptedAt)),
];

const dataColumn: Column = {
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

function fieldColumns(kinds: FieldKinds): Column[] {
  const names = new Set(eventColumns.map(({ name }) => name));
  return [...kinds].map(([field, all]) => {
    const [kind = 'string', ...others] = [...all].filter((each) => each !== 'null');
    const type = others.length === 0 ? (typeOfKind[kind] ?? 'JSON') : 'JSON';
    return {
      name: names.has(field) ? `data.${field}` : field,
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
