import { type PartnerOperations, type RegisteredOperation, textHash } from '@tributary/operations';

/** What the keys of one API client run, ready to be looked up. */
export interface KnownOperations extends Pick<PartnerOperations, 'mode' | 'version'> {
  /** By id, or by the SHA-256 of the text. */
  find(name: string): RegisteredOperation | undefined;
  /** By text, to the byte. */
  findText(text: string): RegisteredOperation | undefined;
  /** Of all texts and ids, in characters. */
  size: number;
}

export function knowOperations({ mode, version, operations }: PartnerOperations): KnownOperations {
  const origin = `version ${version}`;
  const listed = operations.map((operation) => ({ ...operation, origin }));
  const byText = new Map(listed.map((operation) => [operation.text, operation]));
  // An id wins over the hash of another's text.
  const byName = new Map([
    ...listed.map((operation) => [textHash(operation.text), operation] as const),
    ...listed.map((operation) => [operation.id, operation] as const),
  ]);
  return {
    mode,
    version,
    find: (name) => byName.get(name),
    findText: (text) => byText.get(text),
    size: listed.reduce((sum, { id, text }) => sum + id.length + text.length, 1),
  };
}
