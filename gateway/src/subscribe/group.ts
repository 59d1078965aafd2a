/**
 * Subscribers who get the same bytes. A message is resolved and written once for all of them, in
 * the order of publication. Who comes with a cursor, or wants a snapshot first, is given that and
 * then goes on with the others, without gap or repetition.
 */
import { type Cursor, compareCursors, type Envelope } from '@tributary/pubsub';
import { createDelivery, type Delivery, type ResultExtensions } from './delivery.ts';
import type { Member } from './member.ts';
import type { ChannelListener } from './redis-channels.ts';

export interface GroupOptions {
  /** The result's JSON for a message; never rejects. */
  resolve: (message: unknown) => Promise<string>;
  /** Whether the members' arguments let the message through. */
  matches: (message: unknown) => boolean;
  /** What a message updates, if a later update of it makes this one needless. */
  entityOf: (message: unknown) => string | undefined;
  /** Messages after a cursor; undefined when they are no longer all there. */
  after: (cursor: Cursor) => Promise<Envelope[] | undefined>;
  /** Results that hold the present state; undefined where the schema names no snapshot. */
  snapshot: (() => Promise<string[]>) | undefined;
  /** Runs what members are caught up by, when not too many others are at it. */
  inTurn: <Value>(load: () => Promise<Value>) => Promise<Value>;
  /** Members that cannot be served: their history or snapshot cannot be had. */
  onFailed: (members: readonly Member[], error: unknown) => void;
}

export interface Group extends ChannelListener {
  /** Resumes after `cursor`; without one it begins with a snapshot, or with what comes. */
  join(member: Member, cursor: Cursor | undefined): void;
  leave(member: Member): void;
}

/** What members get before they go on with the others. */
interface Missed {
  deliveries: readonly Delivery[];
  /** More is missing than the deliveries make up for. */
  gap?: boolean;
}

/** Members that are given what they missed; they all missed the same. */
interface CatchUp {
  members: Set<Member>;
  /** Its turn has come. */
  begun: boolean;
  /** What was resolved since then. */
  held: Delivery[];
}

/** Messages that may wait while one is resolved; with more, members are better off with a snapshot. */
const mostWaiting = 10_000;

export function createGroup(options: GroupOptions): Group {
  const { resolve, matches, entityOf } = options;
  const live = new Set<Member>();
  const catchUps = new Map<string, CatchUp>();
  const waiting: Envelope[] = [];
  let working = false;
  /** Undefined until the channel is open. */
  let last: Cursor | undefined;
  const joining = new Map<Member, Cursor | undefined>();
  let stalledSince: string | undefined;
  let gap = false;

  const toDelivery = async ({ cursor, message }: Envelope, marks: { gap?: boolean } = {}) =>
    createDelivery({
      result: await resolve(message),
      cursor,
      entity: entityOf(message),
      ...marks,
    });

  async function work(): Promise<void> {
    working = true;
    for (let message = waiting.shift(); message; message = waiting.shift()) {
      const delivery = matches(message.message) ? await toDelivery(message, { gap }) : undefined;
      // Members may have been given a snapshot meanwhile, which this message is part of.
      if (last && compareCursors(message.cursor, last) <= 0) continue;
      last = message.cursor;
      if (delivery) emit(delivery);
    }
    working = false;
  }

  function emit(delivery: Delivery): void {
    gap = false;
    for (const member of live) member.deliver(delivery);
    for (const { begun, held } of catchUps.values()) if (begun) held.push(delivery);
  }

  function goLive(member: Member): void {
    live.add(member);
    member.say(standing());
  }

  function standing(): ResultExtensions {
    const cursor = last && { cursor: last };
    if (stalledSince) return { ...cursor, state: 'STALLED', since: stalledSince };
    return { ...cursor, state: 'LIVE' };
  }

  function admit(member: Member, cursor: Cursor | undefined): void {
    if (cursor === undefined && options.snapshot) {
      catchUp('snapshot', [member], () => snapshotNow({ gap: false }));
    } else if (cursor === undefined || cursor === last) goLive(member);
    else catchUp(cursor, [member], () => missedSince(cursor));
  }

  /** Members that ask for the same at the same time cost one read, and one resolution of each message. */
  function catchUp(key: string, members: readonly Member[], load: () => Promise<Missed>): void {
    const running = catchUps.get(key);
    if (running) {
      for (const member of members) running.members.add(member);
      return;
    }
    const asked: CatchUp = { members: new Set(members), begun: false, held: [] };
    catchUps.set(key, asked);
    const begin = async () => {
      asked.begun = true;
      return asked.members.size > 0 ? load() : { deliveries: [] };
    };
    // Whoever comes from here on asks anew.
    const done = () => catchUps.delete(key);
    options.inTurn(begin).then(
      (missed) => {
        done();
        give(missed, asked);
      },
      (error: unknown) => {
        done();
        options.onFailed([...asked.members], error);
      },
    );
  }

  function give({ deliveries, gap: isGap }: Missed, { members, held }: CatchUp): void {
    for (const member of members) {
      if (isGap) member.say({ ...standing(), gap: true });
      for (const delivery of deliveries) member.deliver(delivery);
      for (const delivery of held) member.deliver(delivery);
      goLive(member);
    }
  }

  async function missedSince(cursor: Cursor): Promise<Missed> {
    const missed = await options.after(cursor);
    if (!missed) return snapshotNow({ gap: true });
    const deliveries: Delivery[] = [];
    for (const message of missed) {
      if (matches(message.message)) deliveries.push(await toDelivery(message));
    }
    return { deliveries };
  }

  async function snapshotNow(marks: { gap: boolean }): Promise<Missed> {
    const cursor = last ?? '0-0';
    const results = (await options.snapshot?.()) ?? [];
    const deliveries = results.map((result) =>
      createDelivery({ result, cursor, snapshot: true, ...marks }),
    );
    return { deliveries, ...marks };
  }

  function lose(head: Cursor): void {
    waiting.length = 0;
    last = head;
    gap = true;
    const members = [...live];
    live.clear();
    catchUp(`gap before ${head}`, members, () => snapshotNow({ gap: true }));
  }

  return {
    onOpened(head) {
      last = head;
      for (const [member, cursor] of joining) admit(member, cursor);
      joining.clear();
    },
    join(member, cursor) {
      if (last === undefined) joining.set(member, cursor);
      else admit(member, cursor);
    },
    leave(member) {
      joining.delete(member);
      live.delete(member);
      for (const { members } of catchUps.values()) members.delete(member);
    },
    onMessage(message) {
      if (waiting.push(message) > mostWaiting) lose(message.cursor);
      else if (!working) void work();
    },
    onGap: lose,
    onAway(away) {
      stalledSince = away ? new Date().toISOString() : undefined;
      for (const member of live) member.say(standing());
    },
  };
}
