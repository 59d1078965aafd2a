import type { Context } from '../context.ts';

/** The source that something belongs to and goes with (foreign key). */
export async function sourceOf(context: Context, { sourceId }: { sourceId: string }) {
  const source = await context.sources.reference(context, sourceId);
  if (!source) throw new Error(`The source ${sourceId} is gone`);
  return source;
}
