/** Messages that wait for one subscriber. It ends at once when it is returned, also while `next` waits. */
import { TributaryError } from '@tributary/errors';

export interface MessageQueue<Message> extends AsyncIterator<Message, undefined> {
  push(message: Message): void;
  return(): Promise<IteratorResult<Message, undefined>>;
}

export interface MessageQueueOptions {
  /** Messages that may wait; with one more the queue fails, so that a slow client costs only itself. */
  limit: number;
  /** Runs once, when the queue is returned or fails. */
  onEnd: () => void;
}

type Waiting<Message> = PromiseWithResolvers<IteratorResult<Message, undefined>>;

const finished = { done: true, value: undefined } as const;

export function createMessageQueue<Message>({
  limit,
  onEnd,
}: MessageQueueOptions): MessageQueue<Message> {
  const messages: Message[] = [];
  let waiting: Waiting<Message> | undefined;
  let failure: Error | undefined;
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    messages.length = 0;
    waiting?.resolve(finished);
    waiting = undefined;
    onEnd();
  }

  return {
    push(message) {
      if (ended) return;
      if (waiting) {
        waiting.resolve({ done: false, value: message });
        waiting = undefined;
      } else if (messages.length < limit) {
        messages.push(message);
      } else {
        failure = new TributaryError('RATE_LIMITED', 'Messages came faster than they were read.');
        end();
      }
    },
    async next() {
      if (failure) {
        const error = failure;
        failure = undefined;
        throw error;
      }
      if (ended) return finished;
      const message = messages.shift();
      if (message !== undefined) return { done: false, value: message };
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    async return() {
      end();
      return finished;
    },
  };
}
