import { parseArgs } from 'node:util';
import { z } from 'zod';

const count = (what: string) => z.coerce.number(what).int(what).min(1, what);

const schema = z.object({
  seconds: count('--seconds must be a whole number of at least 1'),
  tries: count('--tries must be a whole number of at least 1'),
});

/** What was asked for on the command line; a wrong word ends the run and says what was expected. */
export function readOptions(): z.infer<typeof schema> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '20' },
      tries: { type: 'string', default: '1000' },
    },
  });
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  console.error(parsed.error.issues.map(({ message }) => message).join('\n'));
  process.exit(64);
}
