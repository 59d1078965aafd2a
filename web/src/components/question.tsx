import { type ReactNode, useId, useRef, useState } from 'react';
import { Button, type ButtonProps } from './button.tsx';

interface QuestionProps {
  /** What the button that asks says. */
  trigger: ReactNode;
  look?: ButtonProps['look'];
  /** The question. */
  title: string;
  /** What the button that does it says. */
  action: string;
  /** Answers what stands against it, in sentences; nothing when it is done. */
  run: () => Promise<readonly string[]>;
  /** What comes of it. Rendered while asked only. */
  children: ReactNode;
}

/** A button for what cannot be taken back. The browser's own dialog keeps the focus and knows Escape. */
export function Question(props: QuestionProps) {
  const { trigger, look = 'secondary', title, action, children } = props;
  const id = useId();
  const { dialog, isOpen, isBusy, refusals, open, close, onClose, confirm } = useQuestion(props);
  return (
    <>
      <Button look={look} onClick={open}>
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        aria-labelledby={id}
        onClose={onClose}
        className="m-auto w-full max-w-md rounded-lg border border-line-strong bg-surface p-4 text-ink shadow-float backdrop:bg-canvas/80 max-sm:max-w-[calc(100vw-1.5rem)]"
      >
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        <div className="mt-2 text-[13px]">{isOpen && children}</div>
        <p role="alert" className="mt-2 text-[13px] text-critical empty:hidden">
          {refusals.join(' ')}
        </p>
        <div className="mt-4 flex justify-end gap-2">
          <Button onClick={close}>Cancel</Button>
          <Button look="danger" disabled={isBusy} onClick={() => void confirm()}>
            {action}
          </Button>
        </div>
      </dialog>
    </>
  );
}

function useQuestion({ run }: Pick<QuestionProps, 'run'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [refusals, setRefusals] = useState<readonly string[]>([]);
  const close = () => dialog.current?.close();
  return {
    dialog,
    isOpen,
    isBusy,
    refusals,
    open(): void {
      setRefusals([]);
      setOpen(true);
      dialog.current?.showModal();
    },
    close,
    onClose: () => setOpen(false),
    async confirm(): Promise<void> {
      setBusy(true);
      const answer = await run().catch(() => ['It could not be done. Try again.']);
      setBusy(false);
      setRefusals(answer);
      if (answer.length === 0) close();
    },
  };
}
