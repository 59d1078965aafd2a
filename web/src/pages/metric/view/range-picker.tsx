import { useState } from 'react';
import { Choice } from '../../../components/choice.tsx';
import { SelectField } from '../../../forms/select-field.tsx';
import type { RangeStep } from '../../../generated/graphql.ts';
import { type Bounds, type MetricView, type Preset, presets, stepsFor } from './metric-view.ts';
import { OwnRange } from './own-range.tsx';

const stepWords = {
  MINUTE: 'by minute',
  HOUR: 'by hour',
  DAY: 'by day (UTC)',
} satisfies Record<RangeStep, string>;

const comparisons = [
  { value: '', label: 'the time right before' },
  { value: '1', label: 'a day earlier' },
  { value: '7', label: 'a week earlier' },
  { value: '365', label: 'a year earlier' },
];

const own = 'own';
const ranges: { value: Preset | typeof own; label: string }[] = [
  ...Object.entries(presets).map(([value, { label }]) => ({ value: value as Preset, label })),
  { value: own, label: 'Own range' },
];

interface RangePickerProps {
  view: MetricView;
  /** The range and the step that are shown. */
  bounds: Bounds;
  step: RangeStep;
  change: (part: Partial<MetricView>) => void;
}

/** Which time is looked at, in which steps, and with which it is compared. */
export function RangePicker({ view, bounds, step, change }: RangePickerProps) {
  const [isOwn, setOwn] = useState(typeof view.range !== 'string');
  const named = typeof view.range === 'string' ? view.range : own;
  return (
    <div className="mb-3 flex flex-wrap items-end gap-2">
      <Choice
        label="Range"
        options={ranges}
        chosen={isOwn ? own : named}
        choose={(range) => {
          setOwn(range === own);
          if (range !== own) change({ range, step: null });
        }}
      />
      <SelectField
        label="Step"
        isLabelShown={false}
        value={step}
        options={stepsFor(bounds).map((value) => ({ value, label: stepWords[value] }))}
        onChange={({ target }) => change({ step: target.value as RangeStep })}
      />
      <SelectField
        label="Compared with"
        isLabelShown={false}
        value={view.daysBefore ?? ''}
        options={comparisons.map(({ value, label }) => ({
          value,
          label: `compared with ${label}`,
        }))}
        onChange={({ target }) =>
          change({ daysBefore: target.value === '' ? null : Number(target.value) })
        }
      />
      {isOwn && <OwnRange bounds={bounds} show={(range) => change({ range, step: null })} />}
    </div>
  );
}
