import { z } from 'zod';
import { CommandError, unavailableExit } from './command-error.ts';

/** Asks the gateway, and reads the answer's data by a schema. */
export type Ask = <Schema extends z.ZodType>(
  schema: Schema,
  document: string,
  variables?: Record<string, unknown>,
) => Promise<z.infer<Schema>>;

const environmentSchema = z.object({
  TRIBUTARY_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:4000'),
  TRIBUTARY_TOKEN: z.string({ error: 'set it to an access token or an API key' }).min(1),
});

const answerSchema = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Where the gateway is, and what opens it. @throws CommandError naming the variable that is not set, or wrong. */
export function readTarget(environment: NodeJS.ProcessEnv): { url: string; token: string } {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CommandError(`${issue?.path.join('.')}: ${issue?.message}`);
  }
  const { TRIBUTARY_URL, TRIBUTARY_TOKEN: token } = parsed.data;
  return { url: TRIBUTARY_URL.replace(/\/+$/, ''), token };
}

/** @throws CommandError as above. */
export function createAsk(environment: NodeJS.ProcessEnv): Ask {
  const { url, token } = readTarget(environment);
  return async (schema, query, variables) => {
    const answer = await post(`${url}/graphql`, token, { query, variables });
    const failures = answer.errors ?? [];
    if (failures.length > 0) {
      throw new CommandError(failures.map(({ message }) => message).join('\n'));
    }
    return schema.parse(answer.data);
  };
}

async function post(url: string, token: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  }).catch((error: Error) => {
    throw new CommandError(`${url} cannot be reached: ${error.message}`, unavailableExit);
  });
  const parsed = answerSchema.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new CommandError(`${url} answered ${response.status} without GraphQL.`, unavailableExit);
}
