import type { ReactNode } from 'react';
import { Panel } from '../../components/panel.tsx';
import { Logo } from '../../shell/logo.tsx';

interface DoorPageProps {
  title: string;
  /** Said above the form. */
  status?: string | undefined;
  footer?: ReactNode;
  children: ReactNode;
}

/** A page for people who are not, or not yet, signed in. */
export function DoorPage({ title, status, footer, children }: DoorPageProps) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-sm content-center px-4 py-10">
      <title>{`${title} · Tributary`}</title>
      <div className="mb-5 flex items-center gap-2.5">
        <Logo className="size-8" />
        <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
      </div>
      <p role="status" className="mb-3 text-[13px] text-muted empty:hidden">
        {status}
      </p>
      <Panel className="p-5">{children}</Panel>
      <p className="mt-4 text-center text-[13px] text-muted">{footer}</p>
    </main>
  );
}
