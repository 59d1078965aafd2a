const paths = {
  bell: 'M8 2.2a3.8 3.8 0 0 0-3.8 3.8c0 3.6-1.4 4.6-1.4 4.6h10.4s-1.4-1-1.4-4.6A3.8 3.8 0 0 0 8 2.2ZM6.7 13a1.4 1.4 0 0 0 2.6 0',
  check: 'm3.2 8.4 3.2 3.2 6.4-7',
  chevron: 'm4.2 6.2 3.8 3.8 3.8-3.8',
  close: 'm4 4 8 8m0-8-8 8',
  menu: 'M2.5 4.5h11M2.5 8h11m-11 3.5h11',
  person:
    'M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4Zm-5 5.3c.4-2.4 2.3-3.5 5-3.5s4.6 1.1 5 3.5',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.6v2.9h-2.9',
} as const;

/** A line icon of the text's size and colour; the text beside it, or a label, says what it means. */
export function Icon({
  name,
  className = 'size-4',
}: {
  name: keyof typeof paths;
  className?: string;
}) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 16" className={`${className} shrink-0`}>
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
