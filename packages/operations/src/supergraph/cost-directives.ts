import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
} from 'graphql';
import { z } from 'zod';
import { directiveArguments, readDirectiveNames } from './linked-directives.ts';

const names = z
  .array(z.string())
  .nullish()
  .transform((given) => given ?? []);
const listSizeSchema = z.object({
  assumedSize: z.int().nonnegative().nullish(),
  slicingArguments: names,
  sizedFields: names,
  requireOneSlicingArgument: z
    .boolean()
    .nullish()
    .transform((given) => given ?? true),
});
/** Apollo's are integers, the IBM specification's numbers in strings. */
const costSchema = z.object({ weight: z.coerce.number() });

export type ListSize = z.infer<typeof listSizeSchema>;

/** What a supergraph's `@cost` and `@listSize` say. */
export interface CostDirectives {
  /** By `Type`, `Type.field`, `Type.field(argument:)` and, of inputs, `Input.field`. */
  weights: ReadonlyMap<string, number>;
  /** By `Type.field`. */
  listSizes: ReadonlyMap<string, ListSize>;
}

/**
 * Read under whatever names the supergraph links the directives by. A negative weight counts as
 * nothing: no part of an operation pays for another.
 * @throws naming the coordinate, when a directive's values are none.
 */
export function readCostDirectives(supergraph: DocumentNode): CostDirectives {
  const directiveNames = readDirectiveNames(supergraph);
  const cost = directiveNames('cost', 'cost');
  const listSize = directiveNames('cost', 'listSize');
  const weights = new Map<string, number>();
  const listSizes = new Map<string, ListSize>();
  for (const [coordinate, directives] of coordinates(supergraph)) {
    for (const directive of directives) {
      const values = directiveArguments(directive);
      if (cost.has(directive.name.value)) {
        const { weight } = parseAt(coordinate, costSchema, values);
        weights.set(coordinate, Math.max(0, weight));
      }
      if (listSize.has(directive.name.value)) {
        listSizes.set(coordinate, parseAt(coordinate, listSizeSchema, values));
      }
    }
  }
  return { weights, listSizes };
}

function parseAt<Schema extends z.ZodType>(
  coordinate: string,
  schema: Schema,
  values: unknown,
): z.infer<Schema> {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw new Error(`${coordinate}: ${z.prettifyError(parsed.error)}`);
}

type Coordinate = [string, readonly ConstDirectiveNode[]];

function coordinates(supergraph: DocumentNode): Coordinate[] {
  return supergraph.definitions.flatMap((definition): Coordinate[] => {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const type = definition.name.value;
        const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =
          definition.fields ?? [];
        return [
          [type, definition.directives ?? []],
          ...fields.flatMap((field) => ofField(type, field)),
        ];
      }
      case Kind.UNION_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        return [[definition.name.value, definition.directives ?? []]];
      default:
        return [];
    }
  });
}

function ofField(
  type: string,
  field: FieldDefinitionNode | InputValueDefinitionNode,
): Coordinate[] {
  const coordinate = `${type}.${field.name.value}`;
  const given = 'arguments' in field ? (field.arguments ?? []) : [];
  return [
    [coordinate, field.directives ?? []],
    ...given.map(
      (argument): Coordinate => [
        `${coordinate}(${argument.name.value}:)`,
        argument.directives ?? [],
      ],
    ),
  ];
}
