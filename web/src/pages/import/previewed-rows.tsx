import { Panel, Section } from '../../components/panel.tsx';
import { Tag } from '../../components/tag.tsx';
import type { Preview } from './preview.ts';

/** The first rows as they would be sent, or with what is wrong with them. */
export function PreviewedRows({ preview }: { preview: Preview }) {
  const { rows, rejected, lookedAt, fault } = preview;
  return (
    <Section title="The first rows">
      {fault !== null && (
        <p role="alert" className="mb-2 text-[13px] break-words text-critical">
          {fault}
        </p>
      )}
      <p role="status" className="mb-2 text-[13px] text-muted">
        {rejected === 0
          ? `All of the first ${lookedAt} rows would be accepted.`
          : `${rejected} of the first ${lookedAt} rows would be rejected.`}
      </p>
      <Panel>
        <ul aria-label="First rows" className="divide-y divide-line">
          {rows.map(({ row, event, rejected: refusal }) => (
            <li key={row} className="grid gap-1 px-4 py-2 text-[13px]">
              <p className="flex flex-wrap items-center gap-2">
                <span className="text-muted">Row {row}</span>
                {refusal ? <Tag tone="critical">Rejected</Tag> : <Tag tone="good">Accepted</Tag>}
              </p>
              {refusal ? (
                <p className="break-words">
                  {refusal.field && (
                    <code className="mr-1.5 font-mono text-xs font-semibold">{refusal.field}</code>
                  )}
                  {refusal.reason}. <span className="text-muted">{refusal.hint}</span>
                </p>
              ) : (
                <code className="min-w-0 font-mono text-xs break-all">{JSON.stringify(event)}</code>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
