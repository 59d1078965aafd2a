import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { fieldClass, TextField } from '../../components/text-field.tsx';
import { InferFrom } from './infer-from.tsx';
import { useSchemaEditor } from './use-schema-editor.ts';

interface SchemaEditorProps {
  sources: readonly { id: string; name: string }[];
  /** The version that the next one follows; none for a new type. */
  edited: { name: string; jsonSchema: unknown } | undefined;
}

/** A type's name and schema, with a check against the version in force. */
export function SchemaEditor({ sources, edited }: SchemaEditorProps) {
  const id = useId();
  const editor = useSchemaEditor(edited);
  const [allowBreaking, setAllowBreaking] = useState(false);
  const { name, text, messages, done, error, isBusy } = editor;
  return (
    <div className="grid gap-2">
      {error && <ErrorState error={error} />}
      <div className="max-w-md">
        <TextField
          label="Type"
          value={name}
          disabled={edited !== undefined}
          onChange={({ target }) => editor.setName(target.value)}
          hint="As events name it, e.g. flight.departed."
        />
      </div>
      <InferFrom sources={sources} isBusy={isBusy || name === ''} infer={editor.infer} />
      <label htmlFor={id} className="text-[13px] font-medium">
        JSON Schema of its data
      </label>
      <textarea
        id={id}
        value={text}
        onChange={({ target }) => editor.setText(target.value)}
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
      <label className="flex items-center gap-2 text-[13px]">
        <input
          type="checkbox"
          checked={allowBreaking}
          onChange={({ target }) => setAllowBreaking(target.checked)}
        />
        Register even if it refuses what was taken before
      </label>
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" disabled={isBusy} onClick={() => editor.register(allowBreaking)}>
          Register
        </Button>
        <Button disabled={isBusy} onClick={editor.check}>
          Check
        </Button>
        <p role="status" className="text-[13px] text-good">
          {done}
        </p>
      </div>
    </div>
  );
}
