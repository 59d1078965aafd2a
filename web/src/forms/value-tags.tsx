import { Icon } from '../components/icon.tsx';

interface ValueTagsProps {
  values: readonly string[];
  remove: (value: string) => void;
}

/** Values that were taken, each with a button that removes it. */
export function ValueTags({ values, remove }: ValueTagsProps) {
  return (
    <ul className="flex flex-wrap gap-1">
      {values.map((value) => (
        <li
          key={value}
          className="inline-flex min-w-0 items-center rounded-md border border-line-strong bg-raised pl-2 text-[13px]"
        >
          <span className="truncate">{value}</span>
          <button
            type="button"
            aria-label={`Remove ${value}`}
            onClick={() => remove(value)}
            className="inline-flex size-7 shrink-0 items-center justify-center text-muted hover:text-ink"
          >
            <Icon name="close" className="size-3" />
          </button>
        </li>
      ))}
    </ul>
  );
}
