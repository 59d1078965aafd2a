/** A GraphQL answer as it came. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  status: number;
  headers: Headers;
}

export type Ask = (
  document: string,
  variables?: object,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Asks the gateway at `url`, with an access token if there is one. */
export function askStack(url: string, accessToken?: string): Ask {
  return async (document, variables, headers) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken && { authorization: `Bearer ${accessToken}` }),
        ...headers,
      },
      body: JSON.stringify({ query: document, variables }),
    });
    const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
    return { ...body, status: response.status, headers: response.headers };
  };
}
