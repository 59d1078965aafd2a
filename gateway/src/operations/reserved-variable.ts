import { type DocumentNode, Kind, print, visit } from 'graphql';

/** The planner gives every fetch of entities a variable of this name, whatever the client has. */
const reserved = 'representations';

export interface UnreservedOperation {
  document: DocumentNode;
  text: string;
  /** What the client's variable is called from here on; undefined where it has none of that name. */
  standIn: string | undefined;
}

/** An operation's own variable `$representations` under a name that nothing else has. */
export function withoutReservedVariable(document: DocumentNode, text: string): UnreservedOperation {
  if (!text.includes(`$${reserved}`)) return { document, text, standIn: undefined };
  let standIn = `${reserved}_`;
  while (text.includes(standIn)) standIn += '_';
  const renamed = visit(document, {
    Variable: ({ name, ...node }) =>
      name.value === reserved ? { ...node, name: { kind: Kind.NAME, value: standIn } } : undefined,
  });
  return { document: renamed, text: print(renamed), standIn };
}

/** The client's values by the names that the operation has inside. */
export function renameReserved(
  given: Readonly<Record<string, unknown>>,
  standIn: string | undefined,
): Readonly<Record<string, unknown>> {
  if (standIn === undefined || !Object.hasOwn(given, reserved)) return given;
  const { [reserved]: value, ...rest } = given;
  return { ...rest, [standIn]: value };
}
