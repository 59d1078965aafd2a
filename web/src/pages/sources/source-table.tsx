import { Link } from 'react-router';
import { Panel } from '../../components/panel.tsx';
import { Tag } from '../../components/tag.tsx';
import { formatNumber } from '../../format/format-value.ts';
import type { SourcesQuery } from '../../generated/graphql.ts';
import { SourceFreshness } from './source-freshness.tsx';

type Source = NonNullable<SourcesQuery['workspace']>['sources']['edges'][number]['node'];

/** Sources as rows; on phones each row becomes a small card with its labels. */
export function SourceTable({ sources }: { sources: readonly Source[] }) {
  return (
    <Panel className="overflow-hidden">
      <table className="w-full text-[13px] max-md:block">
        <thead className="text-left text-xs text-muted max-md:sr-only">
          <tr>
            <th className="px-4 py-2 font-normal">Source</th>
            <th className="px-4 py-2 text-right font-normal">Events in the last minute</th>
            <th className="px-4 py-2 font-normal">Freshness</th>
            <th className="px-4 py-2 font-normal">Pipeline</th>
            <th className="px-4 py-2 font-normal">Write key</th>
            <th className="px-4 py-2 font-normal">Dead letters</th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

const cell =
  'px-4 md:py-2.5 max-md:flex max-md:justify-between max-md:gap-4 max-md:py-0.5 max-md:before:text-muted max-md:before:content-[attr(data-label)]';

function SourceRow({ source }: { source: Source }) {
  return (
    <tr className="border-t border-line max-md:block max-md:py-3 max-md:first:border-t-0">
      <th
        scope="row"
        className="px-4 py-2.5 text-left text-sm font-semibold max-md:block max-md:pt-0"
      >
        {source.name}
      </th>
      <td data-label="Events in the last minute" className={`${cell} text-right tabular-nums`}>
        {formatNumber(source.eventsLastMinute)}
      </td>
      <td data-label="Freshness" className={cell}>
        <SourceFreshness freshness={source.freshness} />
      </td>
      <td data-label="Pipeline" className={cell}>
        <Link to={`/sources/${source.id}/pipeline`} className="text-accent hover:underline">
          {source.pipeline ? `version ${source.pipeline.version}` : 'none, as they come'}
          <span className="sr-only">, pipeline of {source.name}</span>
        </Link>
      </td>
      <td data-label="Write key" className={cell}>
        <code className="font-mono text-xs">{source.writeKeyHint}…</code>
      </td>
      <td data-label="Dead letters" className={cell}>
        {source.openDeadLetterCount > 0 ? (
          <Link to="/sources/dead-letters" className="hover:underline">
            <Tag tone="warning">{formatNumber(source.openDeadLetterCount)} open</Tag>
          </Link>
        ) : (
          <span className="text-muted">none open</span>
        )}
      </td>
    </tr>
  );
}
