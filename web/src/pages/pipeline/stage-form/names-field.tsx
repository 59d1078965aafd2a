import { useState } from 'react';
import { Input } from './field.tsx';

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
    <Input
      label={label}
      hint={hint}
      value={text}
      change={(typed) => {
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
