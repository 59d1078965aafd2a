import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, type Ask, askStack } from './ask.ts';

export interface Account {
  email: string;
  password: string;
  name: string;
  accessToken: string;
  userId: string;
  workspaceId: string;
  /** Asks the gateway as this person. */
  ask: Ask;
}

const sessionSchema = z.object({
  signUp: z.object({
    session: z.object({
      accessToken: z.string(),
      user: z.object({ id: z.string(), workspace: z.object({ id: z.string() }) }),
    }),
  }),
});

/** Signs up a new person, in a workspace of their own. */
export async function signUp(url: string): Promise<Account> {
  const credentials = {
    email: `${randomUUID()}@example.com`,
    password: 'correct horse battery',
    name: 'Ada',
  };
  const answer: Answer = await askStack(url)(
    `mutation ($input: SignUpInput!) {
      signUp(input: $input) { session { accessToken user { id workspace { id } } } userErrors { message } }
    }`,
    { input: credentials },
  );
  const { session } = sessionSchema.parse(answer.data).signUp;
  const { accessToken, user } = session;
  return {
    ...credentials,
    accessToken,
    userId: user.id,
    workspaceId: user.workspace.id,
    ask: askStack(url, accessToken),
  };
}
