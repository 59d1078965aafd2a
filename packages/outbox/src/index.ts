export { enqueue, type OutboxMessage } from './enqueue.ts';
export { createOutboxRelay, type OutboxRelay, type OutboxRelayOptions } from './relay.ts';
