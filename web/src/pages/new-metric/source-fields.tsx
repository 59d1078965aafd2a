import { SelectField } from '../../forms/select-field.tsx';
import { SuggestField } from '../../forms/suggest-field.tsx';
import type { MetricDraft } from './metric-draft.ts';

export interface Source {
  id: string;
  name: string;
}

interface SourceFieldsProps {
  draft: MetricDraft;
  change: (part: Partial<MetricDraft>) => void;
  sources: readonly Source[];
  /** What is offered of the chosen source. */
  types: readonly string[];
  errors: Readonly<Record<string, string>>;
}

/** Which events are counted: a source's, of one type. */
export function SourceFields({ draft, change, sources, types, errors }: SourceFieldsProps) {
  return (
    <>
      <SelectField
        label="Source"
        value={draft.sourceId}
        options={sources.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ target }) => change({ sourceId: target.value })}
        error={errors.sourceId}
      />
      <SuggestField
        label="Event type"
        required
        suggestions={types}
        value={draft.eventType}
        onChange={({ target }) => change({ eventType: target.value })}
        hint="As events name it, e.g. flight.departed."
        error={errors.eventType}
      />
    </>
  );
}
