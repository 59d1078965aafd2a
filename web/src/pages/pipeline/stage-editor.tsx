import { useId, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Panel } from '../../components/panel.tsx';
import { fieldClass } from '../../components/text-field.tsx';
import { readStage, writeStage } from './stage-form/read-stage.ts';
import { StageForm } from './stage-form/stage-form.tsx';
import { stageLabel } from './stage-templates.ts';

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

/** One stage with its place in the order: a form, or the JSON behind it. */
export function StageEditor(props: StageEditorProps) {
  const { place, text, isLast, error, change, move, remove } = props;
  const stage = readStage(text);
  // What becomes a stage while it is typed stays text until somebody asks for the form.
  const [asJson, setAsJson] = useState(stage === undefined);
  const id = useId();
  const name = `Stage ${place + 1}`;
  return (
    <Panel className="p-3">
      <section aria-labelledby={id}>
        <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
          <h3 id={id} className="text-[13px] font-medium">
            {name}
            {stage && <span className="text-muted"> · {stageLabel(stage.kind)}</span>}
          </h3>
          <div className="flex gap-1">
            {stage && (
              <Button look="quiet" onClick={() => setAsJson(!asJson)}>
                {asJson ? 'As a form' : 'As JSON'}
                <span className="sr-only">, {name}</span>
              </Button>
            )}
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
        {stage && !asJson ? (
          <StageForm stage={stage} change={(changed) => change(writeStage(changed))} />
        ) : (
          <textarea
            aria-label={`${name} as JSON`}
            value={text}
            onChange={({ target }) => change(target.value)}
            rows={Math.min(20, text.split('\n').length)}
            spellCheck={false}
            aria-invalid={error !== undefined}
            aria-describedby={`${id}-error`}
            className={`${fieldClass} font-mono text-base leading-5 sm:text-xs`}
          />
        )}
        <p id={`${id}-error`} role="alert" className="text-[13px] text-critical empty:hidden">
          {error}
        </p>
      </section>
    </Panel>
  );
}
