const identity = Symbol('identity');

/** A record of one subgraph. Methods are fields with arguments, or computed ones. */
export interface Entity extends Row {
  readonly __typename: string;
  readonly [identity]: string;
}

export type Row = Record<string, unknown>;

/** The first record with these values. */
export function where(records: readonly Entity[], given: Row): Entity | undefined {
  return records.find((record) =>
    Object.entries(given).every(([field, value]) => record[field] === value),
  );
}

/** Records with one identity, in whatever subgraph and under whatever type, are one thing. */
export function entity(typename: string, id: string, fields: object = { id }): Entity {
  return Object.defineProperties({} as Entity, {
    ...Object.getOwnPropertyDescriptors(fields),
    __typename: { value: typename, enumerable: true },
    [identity]: { value: id },
  });
}

export function identityOf(value: unknown): string | undefined {
  return isObject(value) ? (value as Partial<Entity>)[identity] : undefined;
}

/** The record as the subgraph sees it when the gateway hands it the fields it requires. */
export function withRepresentation(record: Entity, representation: Row): Entity {
  // What was sent for an interface is answered as the object's own type.
  const { __typename: _, ...fields } = Object.getOwnPropertyDescriptors(representation);
  return Object.create(record, fields) as Entity;
}

/** A field's value, whether it was sent by the gateway or is computed here. */
export function read(row: Row, field: string, given: Row = {}): unknown {
  const value = row[field];
  return typeof value === 'function' ? value.call(row, given) : value;
}

/**
 * Replaces records, at any depth, by one of their identity that has the fields of all `records`.
 * `isConcrete` tells object types from the interfaces that `@interfaceObject` takes for types.
 */
export function mergeEntities(
  records: readonly Entity[],
  isConcrete: (typename: string) => boolean = () => true,
): (value: unknown) => unknown {
  const merged = new Map<string, object>();

  function link(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(link);
    if (!isObject(value)) return value;
    return merged.get(identityOf(value) ?? '') ?? Object.defineProperties({}, linkFields(value));
  }

  function linkFields(record: object): PropertyDescriptorMap {
    const descriptors = Object.entries(Object.getOwnPropertyDescriptors(record));
    return Object.fromEntries(
      descriptors
        .filter(([name, { value }]) => name !== '__typename' || isConcrete(value as string))
        .map(([name, { value }]) => [name, { ...linked(value), configurable: true }]),
    );
  }

  function linked(value: unknown): PropertyDescriptor {
    if (typeof value !== 'function') return { get: () => link(value), enumerable: true };
    return {
      enumerable: true,
      value(this: unknown, ...given: unknown[]) {
        return link(value.apply(this, given));
      },
    };
  }

  for (const record of records) {
    const id = record[identity];
    const whole = merged.get(id) ?? Object.defineProperty({}, identity, { value: id });
    merged.set(id, Object.defineProperties(whole, linkFields(record)));
  }
  return link;
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null;
}
