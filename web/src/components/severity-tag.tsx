import type { Severity } from '../generated/graphql.ts';
import { Tag, type Tone } from './tag.tsx';

const severities = {
  INFO: { tone: 'accent', word: 'Info' },
  WARNING: { tone: 'warning', word: 'Warning' },
  CRITICAL: { tone: 'critical', word: 'Critical' },
} satisfies Record<Severity, { tone: Tone; word: string }>;

export function SeverityTag({ severity }: { severity: Severity }) {
  const { tone, word } = severities[severity];
  return <Tag tone={tone}>{word}</Tag>;
}
