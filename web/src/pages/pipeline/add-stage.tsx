import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { fieldClass } from '../../components/text-field.tsx';
import { stageTemplates } from './stage-templates.ts';

/** Adds a stage of a chosen kind at the end, as an example to be changed. */
export function AddStage({ add }: { add: (stage: unknown) => void }) {
  const id = useId();
  const [place, setPlace] = useState(0);
  return (
    <div className="flex gap-2">
      <label htmlFor={id} className="sr-only">
        Kind of stage
      </label>
      <select
        id={id}
        value={place}
        onChange={({ target }) => setPlace(Number(target.value))}
        className={`${fieldClass} max-w-56 py-1 text-[13px]`}
      >
        {stageTemplates.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
      <Button className="shrink-0" onClick={() => add(stageTemplates[place]?.stage)}>
        Add stage
      </Button>
    </div>
  );
}
