import type { ImportFormat, PreviewImportQuery } from '../../generated/graphql.ts';

/** What the first rows of a file come to. */
export type Preview = NonNullable<PreviewImportQuery['previewImport']['preview']>;
export type Mapping = Preview['mapping'];

/** A mapping that is being edited. */
export interface MappingEditorProps {
  mapping: Mapping;
  columns: Preview['columns'];
  format: ImportFormat;
  change: (mapping: Mapping) => void;
}
