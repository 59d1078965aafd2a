import { useState } from 'react';
import { TextField } from '../../../components/text-field.tsx';

/** Names with commas between, as they are typed. */
export function NamesField(props: {
  label: string;
  hint: string | undefined;
  given: readonly string[];
  change: (names: string[] | undefined) => void;
}) {
  const { label, hint, given, change } = props;
  const [text, setText] = useState(given.join(', '));
  return (
    <TextField
      spellCheck={false}
      label={label}
      hint={hint}
      value={text}
      onChange={({ target: { value: typed } }) => {
        setText(typed);
        const names = typed
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '');
        change(names.length > 0 ? names : undefined);
      }}
    />
  );
}
