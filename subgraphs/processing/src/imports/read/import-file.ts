export type ImportFormat = 'CSV' | 'NDJSON' | 'PARQUET';

/** A file whose rows are to be read. */
export interface ImportFile {
  path: string;
  format: ImportFormat;
  bytes: number;
}
