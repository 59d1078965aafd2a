/** A group's values as one text to read; several of them are parted. */
export const labelOf = (keys: readonly string[]): string => keys.join(' · ');
