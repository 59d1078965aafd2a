/** What a file says, as the input of putLookupTable; a .json that is none goes as it is, to be refused. */
export async function readTableFile(
  file: Pick<File, 'name' | 'text'>,
): Promise<{ csv: string } | { rows: unknown }> {
  const text = await file.text();
  if (!file.name.toLowerCase().endsWith('.json')) return { csv: text };
  try {
    return { rows: JSON.parse(text) };
  } catch {
    return { rows: text };
  }
}
