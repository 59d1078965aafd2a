import { Tag, type Tone } from '../../components/tag.tsx';
import type { ImportState } from '../../generated/graphql.ts';

const states = {
  UPLOADED: { tone: 'warning', word: 'Not started' },
  RUNNING: { tone: 'accent', word: 'Running' },
  PAUSED: { tone: 'warning', word: 'Paused' },
  DONE: { tone: 'good', word: 'Done' },
  FAILED: { tone: 'critical', word: 'Failed' },
  CANCELLED: { tone: 'neutral', word: 'Cancelled' },
} satisfies Record<ImportState, { tone: Tone; word: string }>;

export function ImportStateTag({ state }: { state: ImportState }) {
  const { tone, word } = states[state];
  return <Tag tone={tone}>{word}</Tag>;
}
