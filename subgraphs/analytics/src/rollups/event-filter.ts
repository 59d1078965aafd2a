import { z } from 'zod';
import { type Data, numberAt, textAt } from './event-data.ts';

/** A condition on one field of an event's `data`: all that is given must hold. An event without the field passes none. */
export const eventFilterSchema = z.strictObject({
  field: z.string(),
  in: z.array(z.string()).optional(),
  notIn: z.array(z.string()).optional(),
  atLeast: z.number().optional(),
  below: z.number().optional(),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/** The same rule stands in SQL in stores/filter-condition.ts; a property test keeps them equal. */
export function passes(filter: EventFilter, data: Data): boolean {
  const { field, in: wanted, notIn: unwanted, atLeast, below } = filter;
  if (wanted || unwanted) {
    const text = textAt(data, field);
    if (text === undefined || wanted?.includes(text) === false || unwanted?.includes(text)) {
      return false;
    }
  }
  if (atLeast === undefined && below === undefined) return true;
  const number = numberAt(data, field);
  return number !== undefined && number >= (atLeast ?? -Infinity) && number < (below ?? Infinity);
}
