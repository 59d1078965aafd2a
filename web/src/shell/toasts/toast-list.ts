import type { Severity } from '../../generated/graphql.ts';

export interface Toast {
  id: string;
  title: string;
  body: string;
  severity: Severity;
}

const shown = 3;

/** Adds a toast at the end; beyond three the oldest give way, the inbox has them all. */
export function withToast(toasts: readonly Toast[], toast: Toast): Toast[] {
  return [...withoutToast(toasts, toast.id), toast].slice(-shown);
}

export function withoutToast(toasts: readonly Toast[], id: string): Toast[] {
  return toasts.filter((toast) => toast.id !== id);
}
