export interface SendAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  body: any;
}

export interface SendOptions {
  url: string;
  writeKey: string;
  contentType?: string;
}

/** Posts a body to the ingestion endpoint as it is. */
export async function send(options: SendOptions, body: string): Promise<SendAnswer> {
  const { url, writeKey, contentType = 'application/json' } = options;
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${writeKey}`, 'content-type': contentType },
    body,
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
