import { useState } from 'react';
import { Link } from 'react-router';
import { Form } from '../../forms/form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { readFragment } from '../../session/read-fragment.ts';
import { DoorPage } from '../sign-in/door-page.tsx';

interface LinkPageProps {
  title: string;
  /** What the button does, in a sentence. */
  explanation: string;
  action: string;
  /** Uses the link's secret; answers what to say when it went through. */
  use: (token: string) => Promise<{ userErrors: readonly { message: string }[]; done: string }>;
}

/** Where a mailed link leads. It does nothing by itself: mail programs open links too. */
export function LinkPage({ title, explanation, action, use }: LinkPageProps) {
  const [token] = useState(() => readFragment('token') ?? '');
  const [done, setDone] = useState<string | undefined>(undefined);
  const form = useForm({
    fields: [],
    send: () => use(token),
    onDone: (answer) => setDone(answer.done),
  });
  const home = (
    <Link to="/" className="rounded font-medium text-accent hover:underline">
      To Tributary
    </Link>
  );
  return (
    <DoorPage title={title} footer={home}>
      {done ? (
        <p role="status" className="text-sm">
          {done}
        </p>
      ) : (
        <Form form={form} action={action}>
          <p className="mb-2 text-sm">{explanation}</p>
        </Form>
      )}
    </DoorPage>
  );
}
