import type { ImportItemFragment } from '../../generated/graphql.ts';

/** How much of the file is read. */
export function ImportBar({ item }: { item: Pick<ImportItemFragment, 'bytes' | 'bytesRead'> }) {
  return (
    <progress
      aria-label="Read of the file"
      max={item.bytes}
      value={item.bytesRead}
      className="h-1.5 w-full accent-accent"
    />
  );
}
