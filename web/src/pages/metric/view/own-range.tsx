import { type FormEvent, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { fromLocalInput, toLocalInput } from '../../../time/local-input.ts';
import type { Bounds } from './metric-view.ts';

interface OwnRangeProps {
  /** What is shown to begin with. */
  bounds: Bounds;
  show: (bounds: Bounds) => void;
}

/** Any two minutes, in the reader's time zone. */
export function OwnRange({ bounds, show }: OwnRangeProps) {
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const from = fromLocalInput(String(data.get('from')));
    const to = fromLocalInput(String(data.get('to')));
    const isRange = from !== undefined && to !== undefined && from < to;
    setProblem(isRange ? undefined : 'It has to end after it begins.');
    if (isRange) show({ from, to });
  }

  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-2">
      <TextField
        label="From"
        name="from"
        type="datetime-local"
        required
        defaultValue={toLocalInput(bounds.from)}
      />
      <TextField
        label="To"
        name="to"
        type="datetime-local"
        required
        defaultValue={toLocalInput(bounds.to)}
      />
      <Button type="submit" className="min-h-9">
        Show
      </Button>
      <p role="alert" className="text-[13px] text-critical empty:hidden">
        {problem}
      </p>
    </form>
  );
}
