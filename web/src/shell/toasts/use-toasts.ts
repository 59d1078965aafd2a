import { useCallback, useState } from 'react';
import { type Toast, withoutToast, withToast } from './toast-list.ts';

export function useToasts() {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const show = useCallback((toast: Toast) => setToasts((held) => withToast(held, toast)), []);
  const dismiss = useCallback((id: string) => setToasts((held) => withoutToast(held, id)), []);
  return { toasts, show, dismiss };
}
