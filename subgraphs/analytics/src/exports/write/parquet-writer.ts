import {
  ByteWriter,
  type ColumnSource,
  ParquetWriter,
  schemaFromColumnData,
} from 'hyparquet-writer';
import type { ExportedEvent } from '../../stores/export-store.ts';
import type { FieldKinds } from '../../stores/survey-fields.ts';
import { dataOf, type ExportWriter, eventsOfColumns } from './export-writer.ts';
import { type ParquetColumn, parquetColumns } from './parquet-columns.ts';

/** Rows of a group, which is what is held until it is written. */
const rowsOfGroup = 10_000;
/** Of a group, whose writing holds up the process: of many columns it has fewer rows. */
const valuesOfGroup = 150_000;
/** Of the data of a group's rows, as JSON; beyond it the group ends early. */
const bytesOfGroup = 8_000_000;

/** Row groups of some thousand events, each written once it is full. */
export function createParquetWriter(kinds: FieldKinds): ExportWriter {
  const columns = parquetColumns(kinds);
  const mostRows = Math.min(rowsOfGroup, Math.ceil(valuesOfGroup / columns.length));
  const bytes = new ByteWriter();
  const parquet = new ParquetWriter({
    writer: bytes,
    schema: schemaFromColumnData({ columnData: columns.map((column) => toSource(column, [])) }),
  });
  // Made page by page, so that the end of a group does not hold up the process for longer than it must.
  let values: unknown[][] = columns.map(() => []);
  let rows = 0;
  let size = 0;

  function add(event: ExportedEvent): void {
    const data = dataOf(event);
    for (const [place, column] of columns.entries())
      values[place]?.push(column.valueIn(event, data));
    rows += 1;
    size += event.data.length;
  }

  function writeGroup(): Uint8Array {
    const columnData = columns.map((column, place) => toSource(column, values[place] ?? []));
    if (rows > 0) parquet.write({ columnData, rowGroupSize: rows });
    values = columns.map(() => []);
    rows = 0;
    size = 0;
    return take(bytes);
  }

  return {
    eventsAtATime: eventsOfColumns(columns.length),
    begin: () => take(bytes),
    write(events) {
      for (const event of events) add(event);
      const isFull = rows >= mostRows || size >= bytesOfGroup;
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
