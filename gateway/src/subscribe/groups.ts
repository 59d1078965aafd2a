/** The groups of this process: one is there from its first member to its last. */
import type { Logger } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { ChannelHistory, Cursor } from '@tributary/pubsub';
import pLimit from 'p-limit';
import { createGroup, type Group, type GroupOptions } from './group.ts';
import type { Member } from './member.ts';
import type { RedisChannels } from './redis-channels.ts';

export interface GroupDefinition
  extends Pick<GroupOptions, 'resolve' | 'matches' | 'entityOf' | 'snapshot'> {
  /** Subscriptions of the same key get the same bytes. */
  key: string;
  channel: string;
}

export interface Groups {
  /**
   * Adds a member to its group. The function that it resolves to takes the member out again.
   * @throws UNAVAILABLE while Redis is away.
   */
  join(
    definition: GroupDefinition,
    member: Member,
    cursor: Cursor | undefined,
  ): Promise<() => void>;
  readonly size: number;
  readonly memberCount: number;
}

interface Entry {
  key: string;
  channel: string;
  group: Group;
  /** Of those in the group and those still about to be. */
  members: number;
  opened: Promise<void>;
}

export interface GroupsOptions {
  channels: RedisChannels;
  history: ChannelHistory;
  /** Ends members whose history or snapshot cannot be had. */
  onFailed: (members: readonly Member[]) => void;
  logger: Logger;
}

/** So that many who come back at once, each from elsewhere in the past, share the memory and the subgraphs. */
const mostCatchUps = 32;

export function createGroups({ channels, history, onFailed, logger }: GroupsOptions): Groups {
  const entries = new Map<string, Entry>();
  const inTurn = pLimit(mostCatchUps);

  function open({ key, channel, ...definition }: GroupDefinition): Entry {
    const group = createGroup({
      ...definition,
      inTurn,
      after: (cursor) => history.after(channel, cursor),
      onFailed(members, error) {
        logger.warn({ err: error, channel }, 'subscribers cannot be caught up');
        onFailed(members);
      },
    });
    const entry = { key, channel, group, members: 0, opened: channels.join(channel, group) };
    entries.set(key, entry);
    return entry;
  }

  function leave(entry: Entry): void {
    const { key, channel } = entry;
    entry.members -= 1;
    if (entry.members > 0) return;
    if (entries.get(key) === entry) entries.delete(key);
    channels.leave(channel, entry.group);
  }

  /** Apart from `join`, so that a member keeps nothing of its definition alive. */
  function createLeave(entry: Entry, member: Member): () => void {
    return () => {
      entry.group.leave(member);
      leave(entry);
    };
  }

  return {
    async join(definition, member, cursor) {
      const entry = entries.get(definition.key) ?? open(definition);
      entry.members += 1;
      entry.group.join(member, cursor);
      try {
        await entry.opened;
      } catch (error) {
        entry.group.leave(member);
        leave(entry);
        logger.warn({ err: error }, 'could not subscribe to a channel');
        throw new TributaryError('UNAVAILABLE', 'Subscriptions are away for the moment.');
      }
      return createLeave(entry, member);
    },
    get size() {
      return entries.size;
    },
    get memberCount() {
      return [...entries.values()].reduce((sum, { members }) => sum + members, 0);
    },
  };
}
