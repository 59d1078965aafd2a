import { z } from 'zod';

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.looseObject({ message: z.string() })).optional(),
});
const userErrorsSchema = z.object({ userErrors: z.array(z.object({ message: z.string() })) });

export type Ask = <Schema extends z.ZodType>(
  document: string,
  schema: Schema,
  variables?: object,
) => Promise<z.infer<Schema>>;

/** Asks the public GraphQL endpoint; rejects with the first error or user error there is. */
export function createGraphQLClient(options: { url: string; accessToken?: string }): Ask {
  return async (document, schema, variables) => {
    const response = await fetch(`${options.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(options.accessToken && { authorization: `Bearer ${options.accessToken}` }),
      },
      body: JSON.stringify({ query: document, variables }),
    });
    const { data, errors } = answerSchema.parse(await response.json());
    if (errors?.[0]) throw new Error(errors[0].message);
    for (const payload of Object.values(data ?? {})) {
      const refused = userErrorsSchema.safeParse(payload).data?.userErrors[0];
      if (refused) throw new Error(refused.message);
    }
    return schema.parse(data);
  };
}
