import {
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  schemaFromColumnData,
} from 'hyparquet-writer';
import type { ExportedEvent } from '../../stores/export-store.ts';
import type { FieldKinds } from '../../stores/survey-fields.ts';
import { dataOf, type ExportWriter } from './export-writer.ts';
import { type ParquetColumn, parquetColumns } from './parquet-columns.ts';

/** Rows of a group, which is what is held until it is written. */
const rowsOfGroup = 10_000;
/** Of the data of a group's rows, as JSON; beyond it the group ends early. */
const bytesOfGroup = 8_000_000;

/** Row groups of some thousand events, each written once it is full. */
export function createParquetWriter(kinds: FieldKinds): ExportWriter {
  const columns = parquetColumns(kinds);
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

const toSource = ({ name, type, nullable }: ParquetColumn, data: unknown[]): ColumnSource => ({
  name,
  type,
  nullable,
  data,
});
