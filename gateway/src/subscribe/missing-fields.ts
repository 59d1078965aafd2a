/**
 * What a message does not hold of its subgraph's entities (e.g. `widget { title }` where it says
 * `widget: { id }`) is asked of that subgraph: all of one message in one `_entities` fetch.
 */
import { TributaryError } from '@tributary/errors';
import {
  type FieldNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLResolveInfo,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Representation } from './entity-keys.ts';

interface OwnerRequest {
  query: string;
  variables: Record<string, unknown>;
}

interface OwnerAnswer {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly GraphQLFormattedError[] | undefined;
}

export interface MissingFields {
  /** The field's value, shaped as its selections ask (aliases and all). */
  load(representation: Representation, info: GraphQLResolveInfo): Promise<unknown>;
  /** Errors from beneath loaded fields, with their place in the answer. */
  readonly nestedErrors: readonly GraphQLError[];
}

export interface MissingFieldOptions {
  /** The operation that the fields are part of; without named fragments. */
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
  fetch: (request: OwnerRequest) => Promise<OwnerAnswer>;
}

/** Entities at one place of the operation: they lack the same fields. */
interface Group {
  alias: string;
  type: string;
  fields: Map<string, readonly FieldNode[]>;
  representations: Representation[];
}

interface Wanted {
  group: Group;
  index: number;
  key: string;
  path: (string | number)[];
  answer: PromiseWithResolvers<unknown>;
}

export function createMissingFields(options: MissingFieldOptions): MissingFields {
  const groups = new Map<string, Group>();
  const indices = new Map<string, number>();
  const wanted: Wanted[] = [];
  const nestedErrors: GraphQLError[] = [];

  async function flush(): Promise<void> {
    const answer = await options.fetch(toRequest([...groups.values()], options));
    for (const want of wanted) settle(want, answer, nestedErrors);
  }

  function indexOf(group: Group, place: string, representation: Representation): number {
    const known = indices.get(place);
    if (known !== undefined) return known;
    const index = group.representations.push(representation) - 1;
    indices.set(place, index);
    return index;
  }

  return {
    nestedErrors,
    load(representation, info) {
      // graphql-js resolves all that the message holds in one go: what is missing is known by then.
      if (wanted.length === 0) {
        queueMicrotask(() => {
          flush().catch((error: unknown) => {
            for (const { answer } of wanted) answer.reject(error);
          });
        });
      }
      const path = pathOf(info);
      const parent = path.slice(0, -1);
      const group = groupAt(groups, parent, info);
      const key = String(info.path.key);
      group.fields.set(key, info.fieldNodes);
      const index = indexOf(group, parent.join('.'), representation);
      const answer = Promise.withResolvers<unknown>();
      wanted.push({ group, index, key, path, answer });
      return answer.promise;
    },
  };
}

function pathOf(info: GraphQLResolveInfo): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: GraphQLResolveInfo['path'] | undefined = info.path; at; at = at.prev) {
    path.unshift(at.key);
  }
  return path;
}

function groupAt(
  groups: Map<string, Group>,
  parent: readonly (string | number)[],
  { parentType }: GraphQLResolveInfo,
): Group {
  const place = parent.filter((key) => typeof key === 'string').join('.');
  const name = `${parentType.name}:${place}`;
  const group = groups.get(name) ?? {
    alias: `entities${groups.size}`,
    type: parentType.name,
    fields: new Map(),
    representations: [],
  };
  groups.set(name, group);
  return group;
}

function toRequest(groups: readonly Group[], options: MissingFieldOptions): OwnerRequest {
  const used = usedVariables(groups);
  const declared = (options.operation.variableDefinitions ?? []).filter(({ variable }) =>
    used.has(variable.name.value),
  );
  const declarations = [
    ...groups.map(({ alias }) => `$${alias}: [_Any!]!`),
    ...declared.map((definition) => print(definition)),
  ];
  const given = Object.entries(options.variables).filter(([name]) => used.has(name));
  return {
    query: `query (${declarations.join(', ')}) {\n${groups.map(toSelection).join('\n')}\n}`,
    variables: {
      ...Object.fromEntries(given),
      ...Object.fromEntries(groups.map(({ alias, representations }) => [alias, representations])),
    },
  };
}

function toSelection({ alias, type, fields }: Group): string {
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: [...fields.values()].flat(),
  };
  return `${alias}: _entities(representations: $${alias}) { ... on ${type} ${print(selectionSet)} }`;
}

function usedVariables(groups: readonly Group[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of groups.flatMap(({ fields }) => [...fields.values()].flat())) {
    visit(node, { Variable: ({ name }) => void names.add(name.value) });
  }
  return names;
}

function settle(want: Wanted, { data, errors }: OwnerAnswer, nested: GraphQLError[]): void {
  const { group, index, key, path, answer } = want;
  const [above, beneath] = errorsAround([group.alias, index, key], errors ?? []);
  const entity = entityAt(data?.[group.alias], index);
  if (above) answer.reject(moved(above, undefined));
  else if (entity) answer.resolve(Reflect.get(entity, key));
  else {
    answer.reject(new TributaryError('NOT_FOUND', `This ${group.type} is there no longer.`));
  }
  for (const error of beneath) {
    nested.push(moved(error, [...path, ...(error.path ?? []).slice(3)]));
  }
}

/** The error at its place in the whole answer; graphql-js knows the place of a field it resolves. */
function moved(error: GraphQLFormattedError, path: (string | number)[] | undefined): GraphQLError {
  return new GraphQLError(error.message, {
    ...(path && { path }),
    ...(error instanceof Error && { originalError: error }),
  });
}

function entityAt(entities: unknown, index: number): object | undefined {
  const entity: unknown = Array.isArray(entities) ? entities[index] : undefined;
  return typeof entity === 'object' && entity !== null ? entity : undefined;
}

/** The error that explains why the field has no value, and those of fields beneath it. */
function errorsAround(
  place: readonly (string | number)[],
  errors: readonly GraphQLFormattedError[],
): [GraphQLFormattedError | undefined, GraphQLFormattedError[]] {
  const related = errors.filter(({ path = [] }) =>
    place.every((key, at) => at >= path.length || path[at] === key),
  );
  const isBeneath = ({ path = [] }: GraphQLFormattedError) => path.length > place.length;
  return [related.find((error) => !isBeneath(error)), related.filter(isBeneath)];
}
