import { type Data, numberAt, textAt } from '../rollups/event-data.ts';

/** Names that are keys of somebody's data are without end. */
const mostFields = 200;
const mostExamples = 10;
const longestExample = 200;

export interface SeenField {
  name: string;
  isNumber: boolean;
  examples: string[];
}

export interface SeenType {
  eventType: string;
  fields: SeenField[];
}

/** What events of each type hold that metrics can count, by name; lists and objects are not among it, and of a type's fields only so many. */
export function seenTypes(events: readonly { type: string; data: Data }[]): SeenType[] {
  const types = Map.groupBy(events, ({ type }) => type);
  return [...types]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([eventType, ofType]) => ({
      eventType,
      fields: seenFields(ofType.map(({ data }) => data)),
    }));
}

function seenFields(all: readonly Data[]): SeenField[] {
  const countable = all.flatMap((data) =>
    Object.keys(data).filter((name) => textAt(data, name) !== undefined),
  );
  const names = [...new Set(countable)].slice(0, mostFields).toSorted(compare);
  return names.map((name) => {
    const texts = all.flatMap((data) => textAt(data, name) ?? []);
    const numbers = all.filter((data) => numberAt(data, name) !== undefined);
    const short = texts.filter(({ length }) => length <= longestExample);
    return {
      name,
      isNumber: numbers.length === texts.length,
      examples: [...new Set(short)].slice(0, mostExamples),
    };
  });
}

const compare = (one: string, other: string): number => (one < other ? -1 : 1);
