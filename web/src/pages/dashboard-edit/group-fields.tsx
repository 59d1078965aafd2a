import { TextField } from '../../components/text-field.tsx';
import { dimensionLabel } from '../../format/dimension-label.ts';
import { CheckList } from '../../forms/check-list.tsx';
import type { MetricPartsFragment } from '../../generated/graphql.ts';
import { hasGroups, type WidgetDraft } from './widget-draft.ts';

interface GroupFieldsProps {
  draft: WidgetDraft;
  metric: MetricPartsFragment | undefined;
  change: (part: Partial<WidgetDraft>) => void;
  errors: Readonly<Record<string, string>>;
}

/** For bars and tables: by which dimensions, how many rows, and which are too thin to show. */
export function GroupFields({ draft, metric, change, errors }: GroupFieldsProps) {
  if (!hasGroups(draft.kind)) return null;
  const dimensions = metric?.dimensions ?? [];
  return (
    <>
      <div className="sm:col-span-2">
        {dimensions.length === 0 ? (
          <p className="text-[13px] text-warning">
            This metric has no dimension to break down by, so there will be nothing to show.
          </p>
        ) : (
          <CheckList
            label="By"
            options={dimensions.map((value) => ({ value, label: dimensionLabel([value]) }))}
            chosen={draft.by}
            change={(by) => change({ by })}
            least={1}
          />
        )}
        <p role="alert" className="text-[13px] text-critical empty:hidden">
          {errors.by}
        </p>
      </div>
      <TextField
        label="Rows"
        type="number"
        min={1}
        max={100}
        required
        value={draft.limit}
        onChange={({ target }) => change({ limit: target.value })}
        error={errors.limit}
      />
      <TextField
        label="Events of a group at least"
        type="number"
        min={1}
        required
        value={draft.minimumCount}
        onChange={({ target }) => change({ minimumCount: target.value })}
        hint="Averages of fewer say little."
        error={errors.minimumCount}
      />
    </>
  );
}
