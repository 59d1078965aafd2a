import { Panel, Section } from '../../../components/panel.tsx';
import type { MetricPartsFragment } from '../../../generated/graphql.ts';
import { DeleteMetric } from './delete-metric.tsx';
import { RebuildButton } from './rebuild-button.tsx';
import { RenameForm } from './rename-form.tsx';

/** What may be changed of a metric. What it counts may not: its figures would be of two kinds. */
export function ManageMetric({ metric }: { metric: MetricPartsFragment }) {
  return (
    <Section title="Manage">
      <Panel className="grid gap-4 p-4">
        <RenameForm metric={metric} />
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <RebuildButton metric={metric} />
          <DeleteMetric metric={metric} />
        </div>
      </Panel>
    </Section>
  );
}
