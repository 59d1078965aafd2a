/** Two streams that join a third. */
export function Logo({ className = 'size-6' }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={`${className} shrink-0 text-accent`}>
      <g fill="none" stroke="currentColor" strokeWidth="3" strokeLinecap="round">
        <path d="M4 8c6 0 7 8 13 8h11" />
        <path d="M4 16h13" opacity="0.55" />
        <path d="M4 24c6 0 7-8 13-8" />
      </g>
    </svg>
  );
}
