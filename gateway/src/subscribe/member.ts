/**
 * A subscription of one client. What the client does not read in time waits here, in order and
 * bounded: of an entity the latest update only, and when the rest grows beyond the bound the client
 * is ended, to reconnect and resume. Nobody else waits for it.
 */
import type { Cursor } from '@tributary/pubsub';
import {
  type Delivery,
  type ResultExtensions,
  type WrittenResult,
  withSkipped,
  writeResult,
} from './delivery.ts';

/** One subscription's way to its client, whatever the protocol. */
export interface Sink {
  next(result: WrittenResult, cursor?: Cursor): void;
  /** What the client has not taken yet. */
  bufferedBytes(): number;
  /** Calls back, once, when it has. */
  onDrained(run: () => void): void;
}

export interface Member {
  deliver(delivery: Delivery): void;
  /** Says where the subscription stands, to a client that asked to resume. */
  say(extensions: ResultExtensions): void;
}

export interface MemberOptions {
  sink: Sink;
  /** The client resumes, so it also reads results that hold extensions alone. */
  resumes: boolean;
  /** Where it resumes: nothing up to there is sent again. */
  from: Cursor | undefined;
  onTooSlow: () => void;
  onSkipped: () => void;
}

/** Beyond it nothing more is given to the socket. */
const socketBytes = 262_144;
/** Beyond it the client is too slow. */
const waitingBytes = 4_194_304;

interface Waiting {
  delivery: Delivery;
  skipped: number;
}

export function createMember(options: MemberOptions): Member {
  const { sink, resumes, from = '0-0', onTooSlow, onSkipped } = options;
  let [time = 0, counter = 0] = from.split('-').map(Number);
  let waiting: Map<string, Waiting> | undefined;
  let bytes = 0;
  let ended = false;

  function hold(delivery: Delivery): void {
    waiting ??= drainLater();
    // A cursor is no entity: it replaces nothing.
    const key = delivery.entity ?? delivery.cursor;
    const replaced = waiting.get(key);
    if (replaced) {
      waiting.delete(key);
      bytes -= replaced.delivery.bytes.length;
      onSkipped();
    }
    waiting.set(key, { delivery, skipped: replaced ? replaced.skipped + 1 : 0 });
    bytes += delivery.bytes.length;
    if (bytes > waitingBytes) giveUp();
  }

  function giveUp(): void {
    ended = true;
    waiting = undefined;
    onTooSlow();
  }

  function drainLater(): Map<string, Waiting> {
    sink.onDrained(drain);
    return new Map();
  }

  function drain(): void {
    for (const [key, { delivery, skipped }] of waiting ?? []) {
      if (sink.bufferedBytes() > socketBytes) {
        sink.onDrained(drain);
        return;
      }
      waiting?.delete(key);
      bytes -= delivery.bytes.length;
      send(skipped > 0 ? withSkipped(delivery, skipped) : delivery);
    }
    waiting = undefined;
  }

  function send(delivery: Delivery): void {
    sink.next(delivery, delivery.cursor);
  }

  return {
    deliver(delivery) {
      if (ended) return;
      const known = delivery.time === time ? delivery.counter <= counter : delivery.time < time;
      if (known && !delivery.snapshot) return;
      ({ time, counter } = delivery);
      if (waiting || sink.bufferedBytes() > socketBytes) hold(delivery);
      else send(delivery);
    },
    say(extensions) {
      if (resumes) sink.next(writeResult('{}', extensions));
    },
  };
}
