import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-accent-ink border-transparent hover:opacity-90',
  secondary: 'bg-surface border-line-strong hover:bg-raised',
  danger: 'bg-surface border-critical/60 text-critical hover:bg-critical-soft',
  quiet: 'border-transparent text-muted hover:text-ink hover:bg-raised',
} as const;

const shape =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-2.5 py-1 text-[13px] font-medium disabled:opacity-50';

export interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
}

export function Button({
  look = 'secondary',
  className = '',
  type = 'button',
  ...rest
}: ButtonProps) {
  return <button type={type} className={`${shape} ${looks[look]} ${className}`} {...rest} />;
}

export function buttonClass(look: keyof typeof looks): string {
  return `${shape} ${looks[look]}`;
}
