import type { ShownProblem } from './shown-client.ts';

/** Where and why operations could not run, each place with its line. */
export function ProblemList({
  title,
  problems,
}: {
  title: string;
  problems: readonly ShownProblem[];
}) {
  return (
    <div
      role="alert"
      className="mb-4 rounded-lg border border-critical/40 bg-critical-soft px-4 py-3 text-[13px]"
    >
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 grid gap-2">
        {problems.map(({ origin, line, column, message }) => (
          <li key={`${origin} ${line} ${column} ${message}`} className="break-words">
            <span className="font-mono text-xs">
              {origin}, line {line}, column {column}
            </span>
            <br />
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
