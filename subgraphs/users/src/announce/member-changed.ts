import { type MemberChanged, memberChanged } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import { v7 as uuid } from 'uuid';

export interface Member {
  workspace: string;
  user: { id: string; email: string; name: string };
  at: Date;
  /** False for somebody who has left; they belong to it unless said otherwise. */
  isMember?: boolean;
}

/** The outbox message that tells other services of a member. */
export function memberChangedMessage({
  workspace,
  user,
  at,
  isMember = true,
}: Member): OutboxMessage {
  const record: MemberChanged = {
    specversion: '1.0',
    id: uuid(),
    source: '/users',
    type: 'tributary.member.changed',
    time: at.toISOString(),
    workspace,
    data: { userId: user.id, email: user.email, name: user.name, isMember },
  };
  return { name: memberChanged.topic, key: memberChanged.key(record), payload: record };
}
