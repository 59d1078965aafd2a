import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { fieldClass } from '../../components/text-field.tsx';

interface InferFromProps {
  sources: readonly { id: string; name: string }[];
  isBusy: boolean;
  infer: (sourceId: string) => void;
}

/** Makes a schema from the newest events of a source. */
export function InferFrom({ sources, isBusy, infer }: InferFromProps) {
  const id = useId();
  const [chosen, setChosen] = useState(sources[0]?.id ?? '');
  if (sources.length === 0) return null;
  return (
    <div className="flex flex-wrap gap-2">
      <label htmlFor={id} className="sr-only">
        Source whose events to infer from
      </label>
      <select
        id={id}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
        className={`${fieldClass} max-w-56 py-1 text-[13px]`}
      >
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
      <Button disabled={isBusy} onClick={() => infer(chosen)}>
        Infer from its events
      </Button>
    </div>
  );
}
