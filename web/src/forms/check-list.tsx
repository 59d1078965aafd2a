interface CheckListProps {
  label: string;
  options: readonly { value: string; label: string }[];
  chosen: readonly string[];
  /** Called with what is chosen then, in the options' order. */
  change: (chosen: string[]) => void;
  /** So many stay chosen. */
  least?: number;
}

/** Several of a few, as boxes to tick. */
export function CheckList({ label, options, chosen, change, least = 0 }: CheckListProps) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
      <legend className="float-left mr-4 leading-7 font-medium">{label}</legend>
      {options.map((option) => {
        const isChosen = chosen.includes(option.value);
        return (
          <label key={option.value} className="flex min-h-7 items-center gap-1.5">
            <input
              type="checkbox"
              checked={isChosen}
              disabled={isChosen && chosen.length <= least}
              onChange={({ target }) =>
                change(
                  options
                    .map(({ value }) => value)
                    .filter((value) =>
                      value === option.value ? target.checked : chosen.includes(value),
                    ),
                )
              }
            />
            {option.label}
          </label>
        );
      })}
    </fieldset>
  );
}
