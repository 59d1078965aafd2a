import { formatNumber } from '../../format/format-value.ts';
import { type OperationTotal, sumByOperation, type Usage } from './sum-usage.ts';

const cell = 'py-1.5 pl-4 text-right whitespace-nowrap tabular-nums';

/** What was asked of each operation, the most asked first. */
export function UsageTable({ usage }: { usage: readonly Usage[] }) {
  return (
    <div className="mt-4 overflow-x-auto">
      <table className="w-full text-[13px]">
        <thead className="text-left text-xs text-muted">
          <tr>
            <th className="py-1.5 font-normal">Operation</th>
            <th className="py-1.5 pl-4 text-right font-normal">Requests</th>
            <th className="py-1.5 pl-4 text-right font-normal">Errors</th>
            <th className="py-1.5 pl-4 text-right font-normal">Mean</th>
            <th className="py-1.5 pl-4 text-right font-normal">95 of 100 within</th>
          </tr>
        </thead>
        <tbody>
          {sumByOperation(usage).map((total) => (
            <OperationRow key={total.operationId ?? ''} {...total} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function OperationRow(total: OperationTotal) {
  const { operationId, requests, errors, meanMilliseconds, p95Milliseconds } = total;
  return (
    <tr className="border-t border-line">
      <th scope="row" className="max-w-56 truncate py-1.5 text-left font-medium">
        {operationId ?? <span className="text-muted">not registered</span>}
      </th>
      <td className={cell}>{formatNumber(requests)}</td>
      <td className={cell}>{formatNumber(errors)}</td>
      <td className={cell}>{meanMilliseconds.toFixed(1)} ms</td>
      <td className={cell}>
        {p95Milliseconds === null ? 'over 10 s' : `${formatNumber(p95Milliseconds)} ms`}
      </td>
    </tr>
  );
}
