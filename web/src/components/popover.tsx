import { type MouseEvent, type ReactNode, useId, useState } from 'react';

interface PopoverProps {
  /** What the button says to those who don't see it. */
  label: string;
  button: ReactNode;
  buttonClass: string;
  panelClass: string;
  /** Rendered while open only. */
  children: ReactNode;
}

/**
 * A button that opens a panel. The browser's own popover gives Escape, a click outside, the order
 * of focus and aria-expanded; following a link inside closes it.
 */
export function Popover({ label, button, buttonClass, panelClass, children }: PopoverProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={buttonClass}>
        {button}
      </button>
      {/* biome-ignore lint/a11y: the panel only listens to what bubbles up from its links */}
      <div
        id={id}
        popover="auto"
        onToggle={(event) => setOpen(event.newState === 'open')}
        onClick={closeAfterLink}
        className={`fixed inset-auto m-0 overflow-auto rounded-lg border border-line-strong bg-surface text-ink shadow-float ${panelClass}`}
      >
        {isOpen && children}
      </div>
    </>
  );
}

function closeAfterLink({ target, currentTarget }: MouseEvent<HTMLElement>): void {
  if (target instanceof Element && target.closest('a, [data-closes]')) currentTarget.hidePopover();
}
