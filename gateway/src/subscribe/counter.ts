/** How many there are at this moment of each key; keys without any take no memory. */
export interface Counter {
  count(key: string): number;
  add(key: string, change: 1 | -1): void;
}

export function createCounter(): Counter {
  const counts = new Map<string, number>();
  return {
    count: (key: string) => counts.get(key) ?? 0,
    add(key: string, change: 1 | -1) {
      const count = (counts.get(key) ?? 0) + change;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}
