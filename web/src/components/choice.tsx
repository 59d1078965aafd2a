interface ChoiceProps<Value extends string> {
  /** What is chosen, for those who don't see it. */
  label: string;
  options: readonly { value: Value; label: string }[];
  chosen: Value;
  choose: (value: Value) => void;
}

/** One of a few, as buttons side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, options, chosen, choose } = props;
  return (
    <fieldset className="inline-flex max-w-full min-w-0 overflow-x-auto rounded-md border border-line-strong bg-surface p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === chosen}
          onClick={() => choose(option.value)}
          className="rounded px-3 py-1 text-[13px] whitespace-nowrap text-muted hover:text-ink aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
