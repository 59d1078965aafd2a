export interface FileToSend {
  file: File;
  sourceId: string;
  token: string;
  /** Bytes that are sent so far. */
  onProgress: (bytes: number) => void;
}

export interface FileSent {
  id: string | undefined;
  userErrors: { message: string; field: string[] }[];
}

/** Sends a file as it is, by XMLHttpRequest since fetch tells no progress. */
export function sendFile({ file, sourceId, token, onProgress }: FileToSend): Promise<FileSent> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const request = new XMLHttpRequest();
  const query = new URLSearchParams({ name: file.name, source: sourceId });
  request.open('POST', `/v1/imports?${query}`);
  request.setRequestHeader('authorization', `Bearer ${token}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.upload.onprogress = ({ loaded }) => onProgress(loaded);
  request.onload = () => resolve(request.responseText);
  request.onerror = () => reject(new Error('The file could not be sent.'));
  request.send(file);
  return promise.then(read);
}

/** The import, or the problem that the server told (RFC 9457). @throws SyntaxError for what a proxy may answer instead. */
function read(text: string): FileSent {
  const answer = JSON.parse(text) as { id?: string; detail?: string };
  if (answer.id !== undefined) return { id: answer.id, userErrors: [] };
  return {
    id: undefined,
    userErrors: [{ message: answer.detail ?? 'It was refused.', field: ['file'] }],
  };
}
