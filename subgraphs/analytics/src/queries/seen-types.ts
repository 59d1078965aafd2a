import { type Data, numberAt, textAt } from '../rollups/event-data.ts';

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

/** What events of each type hold that metrics can count, by name; lists and objects are not among it. */
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
  const names = new Set(all.flatMap((data) => Object.keys(data)));
  return [...names].toSorted(compare).flatMap((name) => {
    const texts = all.flatMap((data) => textAt(data, name) ?? []);
    if (texts.length === 0) return [];
    const isNumber = all.every(
      (data) => numberAt(data, name) !== undefined || textAt(data, name) === undefined,
    );
    const short = texts.filter(({ length }) => length <= longestExample);
    return { name, isNumber, examples: [...new Set(short)].slice(0, mostExamples) };
  });
}

const compare = (one: string, other: string): number => (one < other ? -1 : 1);
