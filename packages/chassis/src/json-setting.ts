import { z } from 'zod';

/** A variable that holds JSON. What is wrong is told by its place; nothing is quoted, for there may be secrets in it. */
export function jsonSetting<Schema extends z.ZodType>(schema: Schema) {
  return z.string().transform((text, context): z.infer<Schema> => {
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues) {
      context.addIssue(path.length > 0 ? `${path.join('.')} ${message}` : message);
    }
    return z.NEVER;
  });
}

/** Undefined for what is no JSON, which no schema takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
