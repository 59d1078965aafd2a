import type { ReactNode } from 'react';

const tones = {
  neutral: 'border-line-strong text-muted',
  accent: 'border-accent/40 bg-accent-soft text-accent',
  good: 'border-good/40 text-good',
  warning: 'border-warning/40 bg-warning-soft text-warning',
  critical: 'border-critical/40 bg-critical-soft text-critical',
} as const;

export type Tone = keyof typeof tones;

/** A short word for a state; its colour only repeats what the word says. */
export function Tag({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={`inline-flex items-center rounded border px-1.5 text-[11px] leading-4.5 font-medium whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}
