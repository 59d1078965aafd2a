/** What may become of an import: UPLOADED → RUNNING ⇄ PAUSED → DONE, FAILED or CANCELLED. */
export type ImportState = 'UPLOADED' | 'RUNNING' | 'PAUSED' | 'DONE' | 'FAILED' | 'CANCELLED';

export type ImportAction = 'start' | 'pause' | 'resume' | 'cancel';

interface Transition {
  from: readonly ImportState[];
  to: ImportState;
}

export const transitions = {
  start: { from: ['UPLOADED'], to: 'RUNNING' },
  pause: { from: ['RUNNING'], to: 'PAUSED' },
  resume: { from: ['PAUSED'], to: 'RUNNING' },
  cancel: { from: ['UPLOADED', 'RUNNING', 'PAUSED'], to: 'CANCELLED' },
} as const satisfies Record<ImportAction, Transition>;

export const isOver = (state: ImportState): boolean =>
  state === 'DONE' || state === 'FAILED' || state === 'CANCELLED';
