import { formatNumber } from '../../format/format-value.ts';

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** e.g. 12.5 MB. */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1_000 && unit < units.length - 1) {
    size /= 1_000;
    unit += 1;
  }
  return `${formatNumber(size)} ${units[unit]}`;
}
