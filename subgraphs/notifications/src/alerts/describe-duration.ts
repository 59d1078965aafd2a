const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** The time between two instants in its two largest units, e.g. "1 hour 5 minutes". */
export function describeDuration(from: Date, to: Date): string {
  let rest = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1_000));
  const parts: string[] = [];
  for (const [name, seconds] of units) {
    const count = Math.floor(rest / seconds);
    rest -= count * seconds;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ') || 'less than a second';
}
