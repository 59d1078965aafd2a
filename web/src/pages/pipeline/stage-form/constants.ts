/** What is typed for a constant: JSON where it is some, and text otherwise. */
export function toConstant(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How a constant is typed: text without quotes, unless it would be taken for something else. */
export function constantText(value: unknown): string {
  return typeof value === 'string' && toConstant(value) === value ? value : JSON.stringify(value);
}

/** What is typed for what a field is compared with: lists and objects are no such thing. */
export function toComparable(text: string): unknown {
  const value = toConstant(text);
  return isComparable(value) ? value : text;
}

/** What a condition on a field compares with. */
export function isComparable(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
