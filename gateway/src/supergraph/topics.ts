import { topicPlaceholders } from '@tributary/pubsub';
import { type DocumentNode, type FieldDefinitionNode, Kind } from 'graphql';

/** What a template may take from the principal. */
export const topicClaims = ['workspace', 'subject'] as const;
export type TopicClaim = (typeof topicClaims)[number];

/** The `@topic` template of each field of `Subscription` that has one. */
export type Topics = ReadonlyMap<string, string>;

/** @throws naming the field, when a template's placeholder is neither one of its arguments nor a claim. */
export function readTopics(supergraph: DocumentNode): Topics {
  const fields = supergraph.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Subscription'
      ? (definition.fields ?? [])
      : [],
  );
  return new Map(
    fields.flatMap((field) => {
      const template = templateOf(field);
      if (template === undefined) return [];
      checkTemplate(field, template);
      return [[field.name.value, template]];
    }),
  );
}

function templateOf(field: FieldDefinitionNode): string | undefined {
  const topic = field.directives?.find(({ name }) => name.value === 'topic');
  const given = topic?.arguments?.find(({ name }) => name.value === 'name')?.value;
  return given?.kind === Kind.STRING ? given.value : undefined;
}

function checkTemplate(field: FieldDefinitionNode, template: string): void {
  const names = {
    claims: new Set<string>(topicClaims),
    args: new Set(field.arguments?.map(({ name }) => name.value)),
  };
  const placeholders = topicPlaceholders(template);
  const unknown = placeholders.find(({ namespace, name }) => !names[namespace].has(name));
  const braces = template.match(/[{}]/g)?.length ?? 0;
  if (!unknown && braces === placeholders.length * 2) return;
  const known = [...names.args].map((name) => `args.${name}`);
  throw new Error(
    `Subscription.${field.name.value}: the topic "${template}" holds ` +
      `${unknown ? `{${unknown.namespace}.${unknown.name}}` : 'braces around something else'}; known are ` +
      `${[...topicClaims.map((claim) => `claims.${claim}`), ...known].join(', ')}.`,
  );
}
