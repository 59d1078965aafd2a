import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { fieldClass } from '../../components/text-field.tsx';

interface EventEditorProps {
  original: string;
  /** What the server said of the last attempt. */
  errors: readonly string[];
  isSending: boolean;
  /** @returns what is wrong with the text, where it was not sent. */
  send: (text: string) => string | undefined;
  /** As `send`, but only tried. */
  tryOut: (text: string) => string | undefined;
  cancel: () => void;
}

/** The event as JSON, to be corrected and replayed. */
export function EventEditor({
  original,
  errors,
  isSending,
  send,
  tryOut,
  cancel,
}: EventEditorProps) {
  const id = useId();
  const [text, setText] = useState(original);
  const [mistake, setMistake] = useState<string>();
  const messages = mistake ? [mistake] : errors;

  function submit(event: FormEvent): void {
    event.preventDefault();
    setMistake(send(text));
  }

  return (
    <form onSubmit={submit} className="grid gap-2">
      <label htmlFor={id} className="text-[13px] font-medium">
        Corrected event
      </label>
      <textarea
        id={id}
        value={text}
        onChange={({ target }) => setText(target.value)}
        rows={Math.min(24, text.split('\n').length + 1)}
        spellCheck={false}
        aria-invalid={messages.length > 0}
        aria-describedby={`${id}-errors`}
        className={`${fieldClass} font-mono text-base leading-5 sm:text-xs`}
      />
      <div id={`${id}-errors`} role="alert" className="text-[13px] text-critical empty:hidden">
        {messages.map((message) => (
          <p key={message}>{message}</p>
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" type="submit" disabled={isSending}>
          {isSending ? 'Sending…' : 'Replay edited event'}
        </Button>
        <Button disabled={isSending} onClick={() => setMistake(tryOut(text))}>
          Try it
        </Button>
        <Button onClick={cancel}>Cancel</Button>
      </div>
    </form>
  );
}
