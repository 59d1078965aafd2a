import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { fieldClass } from '../../components/text-field.tsx';

interface StageEditorProps {
  place: number;
  text: string;
  isLast: boolean;
  error: string | undefined;
  change: (text: string) => void;
  /** By so many places, down if positive. */
  move: (by: 1 | -1) => void;
  remove: () => void;
}

/** One stage as JSON, with its place in the order. */
export function StageEditor(props: StageEditorProps) {
  const { place, text, isLast, error, change, move, remove } = props;
  const id = useId();
  const name = `Stage ${place + 1}`;
  return (
    <Panel className="p-3">
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
        <label htmlFor={id} className="text-[13px] font-medium">
          {name}
        </label>
        <div className="flex gap-1">
          <Button look="quiet" disabled={place === 0} onClick={() => move(-1)}>
            Up<span className="sr-only">, {name}</span>
          </Button>
          <Button look="quiet" disabled={isLast} onClick={() => move(1)}>
            Down<span className="sr-only">, {name}</span>
          </Button>
          <Button look="quiet" onClick={remove}>
            Remove<span className="sr-only"> {name}</span>
          </Button>
        </div>
      </div>
      <textarea
        id={id}
        value={text}
        onChange={({ target }) => change(target.value)}
        rows={Math.min(20, text.split('\n').length)}
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error`}
        className={`${fieldClass} font-mono text-base leading-5 sm:text-xs`}
      />
      <p id={`${id}-error`} role="alert" className="text-[13px] text-critical empty:hidden">
        {error}
      </p>
    </Panel>
  );
}
