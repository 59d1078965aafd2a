import { valueParts } from '../../../format/format-value.ts';
import type { Widget } from '../widget.ts';

export function NumberWidget({ widget }: { widget: Widget }) {
  const { value } = widget.data;
  if (value === null) return <p className="my-auto text-3xl text-muted sm:text-4xl">–</p>;
  const { figure, unit } = valueParts(value, widget.metric);
  return (
    <p className="my-auto flex flex-wrap items-baseline gap-x-1.5">
      <span className="text-3xl font-semibold tracking-tight tabular-nums sm:text-4xl">
        {figure}
      </span>
      {unit && <span className="text-sm text-muted">{unit}</span>}
    </p>
  );
}
