import { useLazyQuery, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import {
  checkEventTypeQuery,
  eventTypesQuery,
  inferEventTypeQuery,
  registerEventTypeMutation,
} from './event-type-documents.ts';

interface Edited {
  name: string;
  jsonSchema: unknown;
}

/** A type's schema as text: inferred, checked against the version before, registered. */
export function useSchemaEditor(edited: Edited | undefined) {
  const [name, setName] = useState(edited?.name ?? '');
  const [text, setText] = useState(() => shown(edited?.jsonSchema ?? { type: 'object' }));
  const [messages, setMessages] = useState<readonly string[]>([]);
  const [done, setDone] = useState<string>();
  const [runInfer, inferring] = useLazyQuery(inferEventTypeQuery, { fetchPolicy: 'no-cache' });
  const [runCheck, checking] = useLazyQuery(checkEventTypeQuery, { fetchPolicy: 'no-cache' });
  const [runRegister, registering] = useMutation(registerEventTypeMutation, {
    refetchQueries: [eventTypesQuery],
  });

  /** Failures of the connection are in the hooks' results. */
  async function attempt(send: () => Promise<readonly string[]>, success: () => string) {
    setDone(undefined);
    setMessages([]);
    const refusals = await send().catch(() => undefined);
    if (!refusals) return;
    setMessages(refusals);
    if (refusals.length === 0) setDone(success());
  }

  /** Runs `send` with the schema, or answers that the text is none. */
  async function withSchema(send: (jsonSchema: unknown) => Promise<readonly string[]>) {
    let jsonSchema: unknown;
    try {
      jsonSchema = JSON.parse(text);
    } catch (error) {
      return [`This is not JSON yet: ${error instanceof Error ? error.message : error}`];
    }
    return send(jsonSchema);
  }

  return {
    name,
    setName,
    text,
    setText,
    messages,
    done,
    error: inferring.error ?? checking.error ?? registering.error,
    isBusy: inferring.loading || checking.loading || registering.loading,
    infer(sourceId: string): void {
      let count = 0;
      const send = async () => {
        const { data } = await runInfer({ variables: { input: { sourceId, type: name } } });
        const inferred = data?.inferEventType;
        count = inferred?.exampleCount ?? 0;
        if (inferred?.jsonSchema) setText(shown(inferred.jsonSchema));
        return (inferred?.userErrors ?? []).map(({ message }) => `The type ${message}.`);
      };
      void attempt(send, () => `Made from ${count} events; look it over.`);
    },
    check(): void {
      const send = (jsonSchema: unknown) =>
        runCheck({ variables: { input: { name, jsonSchema } } }).then(({ data }) => [
          ...(data?.checkEventType.userErrors ?? []).map(({ message }) => message),
          ...(data?.checkEventType.breakingChanges ?? []).map(
            ({ path, message }) => `${path || 'The schema'}: ${message}.`,
          ),
        ]);
      void attempt(
        () => withSchema(send),
        () => 'It takes whatever was taken before.',
      );
    },
    register(allowBreaking: boolean): void {
      let version = 0;
      const send = async (jsonSchema: unknown) => {
        const input = { name, jsonSchema, allowBreaking };
        const { data } = await runRegister({ variables: { input } });
        version = data?.registerEventType.eventType?.version ?? 0;
        return (data?.registerEventType.userErrors ?? []).map(({ message }) => message);
      };
      void attempt(
        () => withSchema(send),
        () => `Version ${version} is in force.`,
      );
    },
  };
}

function shown(jsonSchema: unknown): string {
  return JSON.stringify(jsonSchema, null, 2);
}
