import { optionsOf } from '../../forms/options-of.ts';
import { SelectField } from '../../forms/select-field.tsx';
import type { Step, WidgetKind } from '../../generated/graphql.ts';
import { stepFor, type WidgetDraft } from './widget-draft.ts';
import { kindWords, windowWords } from './widget-words.ts';

const kinds = optionsOf(kindWords);
const windows = [5, 15, 60, 360, 1_440, 2_880, 10_080];
const steps = optionsOf<Step>({ MINUTE: 'by minute', HOUR: 'by hour' });

interface KindFieldsProps {
  draft: WidgetDraft;
  change: (part: Partial<WidgetDraft>) => void;
  errors: Readonly<Record<string, string>>;
}

/** What it is drawn as, and how far it looks back. */
export function KindFields({ draft, change, errors }: KindFieldsProps) {
  const { kind, windowMinutes, step } = draft;
  const offered = windows.includes(windowMinutes) ? windows : [...windows, windowMinutes];
  return (
    <>
      <SelectField
        label="Shown as"
        value={kind}
        options={kinds}
        onChange={({ target }) => change({ kind: target.value as WidgetKind })}
        error={errors.kind}
      />
      <SelectField
        label="Window"
        value={windowMinutes}
        options={offered.map((value) => ({ value: String(value), label: windowWords(value) }))}
        onChange={({ target }) => {
          const minutes = Number(target.value);
          change({ windowMinutes: minutes, step: stepFor(minutes) });
        }}
        error={errors.windowMinutes}
      />
      {kind === 'TIME_SERIES' && (
        <SelectField
          label="Step"
          value={step}
          options={steps}
          onChange={({ target }) => change({ step: target.value as Step })}
          error={errors.step}
        />
      )}
    </>
  );
}
