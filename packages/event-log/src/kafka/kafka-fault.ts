import { GenericError } from '@platformatic/kafka';

/**
 * What went wrong, in a sentence. Kafka's client tells of each attempt by itself, attempts within attempts,
 * and hides in them why; whatever else failed stays as it is.
 */
export function kafkaFault(error: unknown): unknown {
  if (!(error instanceof AggregateError) && !(error instanceof GenericError)) return error;
  return new Error([...new Set(reasonsOf(error))].join('; '));
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(reasonsOf);
  if (!(error instanceof Error)) return [String(error)];
  const { message, cause } = error;
  if (cause === undefined) return [message];
  const own = message.replace(/\.$/, '');
  return reasonsOf(cause).map((reason) => (reason.startsWith(own) ? reason : `${own}: ${reason}`));
}
