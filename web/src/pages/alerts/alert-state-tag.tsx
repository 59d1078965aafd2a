import { Tag, type Tone } from '../../components/tag.tsx';
import type { AlertState } from '../../generated/graphql.ts';

const states = {
  FIRING: { tone: 'critical', word: 'Firing' },
  PENDING: { tone: 'warning', word: 'Pending' },
  RESOLVED: { tone: 'neutral', word: 'Resolved' },
} satisfies Record<AlertState, { tone: Tone; word: string }>;

/** An alert's state; without one, its rule is well. */
export function AlertStateTag({ state }: { state: AlertState | undefined }) {
  if (!state) return <Tag tone="good">All well</Tag>;
  return <Tag tone={states[state].tone}>{states[state].word}</Tag>;
}
