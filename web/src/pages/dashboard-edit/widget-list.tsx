import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Panel } from '../../components/panel.tsx';
import { Question } from '../../components/question.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { EditedDashboardFragment, MetricPartsFragment } from '../../generated/graphql.ts';
import { refusalsOf } from '../../graph/refusals-of.ts';
import { removeWidgetMutation } from './dashboard-edit-documents.ts';
import { useWidgetOrder } from './use-widget-order.ts';
import type { EditedWidget } from './widget-draft.ts';
import { WidgetForm } from './widget-form.tsx';
import { describeWidget } from './widget-words.ts';

interface WidgetListProps {
  dashboard: EditedDashboardFragment;
  metrics: readonly MetricPartsFragment[];
}

/** A dashboard's widgets in their order, each with what can be done to it. */
export function WidgetList({ dashboard, metrics }: WidgetListProps) {
  const { move, refusals, error, isBusy } = useWidgetOrder(dashboard);
  const last = dashboard.widgets.length - 1;
  return (
    <>
      {error && <ErrorState error={error} />}
      <p role="alert" className="mb-2 text-[13px] text-critical empty:hidden">
        {refusals.join(' ')}
      </p>
      <Panel>
        <ol aria-label="Widgets" className="divide-y divide-line">
          {dashboard.widgets.map((widget, place) => (
            <WidgetItem
              key={widget.id}
              widget={widget}
              dashboardId={dashboard.id}
              metrics={metrics}
              moveUp={place > 0 && !isBusy ? () => move(place, place - 1) : undefined}
              moveDown={place < last && !isBusy ? () => move(place, place + 1) : undefined}
            />
          ))}
        </ol>
      </Panel>
    </>
  );
}

interface WidgetItemProps extends Pick<WidgetListProps, 'metrics'> {
  widget: EditedWidget;
  dashboardId: string;
  /** Not where it cannot go further. */
  moveUp: (() => void) | undefined;
  moveDown: (() => void) | undefined;
}

function WidgetItem({ widget, dashboardId, metrics, moveUp, moveDown }: WidgetItemProps) {
  const [isOpen, setOpen] = useState(false);
  const metric = metrics.find(({ id }) => id === widget.metric.id);
  return (
    <li className="grid gap-3 px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div className="min-w-0">
          <p className="font-medium break-words">{widget.title}</p>
          <p className="text-[13px] break-words text-muted">{describeWidget(widget)}</p>
        </div>
        <div className="flex flex-wrap gap-1">
          <MoveButton direction="up" title={widget.title} move={moveUp} />
          <MoveButton direction="down" title={widget.title} move={moveDown} />
          <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            Edit<span className="sr-only"> {widget.title}</span>
          </Button>
          <RemoveWidget widget={widget} />
        </div>
      </div>
      {isOpen && metric && (
        <WidgetForm
          dashboardId={dashboardId}
          metrics={metrics}
          first={metric}
          widget={widget}
          onDone={() => setOpen(false)}
        />
      )}
    </li>
  );
}

interface MoveButtonProps {
  direction: 'up' | 'down';
  title: string;
  move: (() => void) | undefined;
}

/** Not disabled where it cannot go further: it would lose the focus. */
function MoveButton({ direction, title, move }: MoveButtonProps) {
  return (
    <Button look="quiet" aria-disabled={!move} onClick={move} className="aria-disabled:opacity-40">
      <Icon name="chevron" className={`size-3.5 ${direction === 'up' ? 'rotate-180' : ''}`} />
      <span className="sr-only">
        Move {direction} {title}
      </span>
    </Button>
  );
}

function RemoveWidget({ widget: { id, title } }: { widget: EditedWidget }) {
  const [remove] = useMutation(removeWidgetMutation, { variables: { id } });
  return (
    <Question
      trigger={
        <>
          Remove<span className="sr-only"> {title}</span>
        </>
      }
      title={`Remove “${title}”?`}
      action="Remove the widget"
      run={async () => refusalsOf((await remove()).data?.removeWidget)}
    >
      The dashboard shows it no more. Its metric stays.
    </Question>
  );
}
