import { type ReactNode, useEffect, useRef } from 'react';
import { useNavigationType } from 'react-router';

interface PageProps {
  title: string;
  /** A sentence under the title. */
  description?: ReactNode;
  /** Beside the title, e.g. buttons or a state. */
  aside?: ReactNode;
  /** `wide` for boards and tools; lists are easier to read in a column. */
  width?: 'wide' | 'column';
  children: ReactNode;
}

/** A page's title and contents. The title takes the focus after a link was followed. */
export function Page({ title, description, aside, width = 'column', children }: PageProps) {
  const heading = useFocusAfterNavigation();
  return (
    <div className={width === 'column' ? 'mx-auto max-w-5xl' : ''}>
      <title>{`${title} · Tributary`}</title>
      <div className="mb-3 flex items-start justify-between gap-4">
        <div className="min-w-0">
          <h1
            ref={heading}
            tabIndex={-1}
            className="text-lg font-semibold tracking-tight outline-none"
          >
            {title}
          </h1>
          {description && <p className="max-w-3xl text-[13px] text-muted">{description}</p>}
        </div>
        <div className="shrink-0">{aside}</div>
      </div>
      {children}
    </div>
  );
}

function useFocusAfterNavigation() {
  const heading = useRef<HTMLHeadingElement>(null);
  const isLoadOrBack = useNavigationType() === 'POP';
  useEffect(() => {
    if (!isLoadOrBack) heading.current?.focus({ preventScroll: true });
  }, [isLoadOrBack]);
  return heading;
}
