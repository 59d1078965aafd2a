import { topicPlaceholders } from '@tributary/pubsub';
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  valueFromASTUntyped,
} from 'graphql';
import { z } from 'zod';
import { isFieldPath } from './field-path.ts';
import { parseTopicFilter, type TopicFilter } from './topic-filter.ts';

/** What a template may take from the principal. */
export const topicClaims = ['workspace', 'subject'] as const;
export type TopicClaim = (typeof topicClaims)[number];

/** A subscription field's `@topic`. */
export interface Topic {
  /** Template of the channel's name. */
  name: string;
  /** All must let a message through. */
  filters: readonly TopicFilter[];
  /** Path in the message to what identifies the entity that it updates, e.g. ['widget', 'id']. */
  conflateBy: readonly string[] | undefined;
  /** Field of Query that lists the values the subscription field would have now, with the same arguments. */
  snapshot: string | undefined;
}

/** By the field of `Subscription`. */
export type Topics = ReadonlyMap<string, Topic>;

const topicSchema = z.object({
  name: z.string(),
  filter: z.array(z.string()).nullish(),
  conflateBy: z.string().nullish(),
  snapshot: z.string().nullish(),
});

/** @throws naming the field, when its `@topic` names an argument, claim or field that is not there. */
export function readTopics(supergraph: DocumentNode): Topics {
  return new Map(
    fieldsOf(supergraph, 'Subscription').flatMap((field) => {
      const directive = field.directives?.find(({ name }) => name.value === 'topic');
      return directive ? [[field.name.value, readTopic(supergraph, field, directive)]] : [];
    }),
  );
}

function readTopic(
  supergraph: DocumentNode,
  field: FieldDefinitionNode,
  directive: ConstDirectiveNode,
): Topic {
  const given = topicSchema.parse(
    Object.fromEntries(
      (directive.arguments ?? []).map(({ name, value }) => [
        name.value,
        valueFromASTUntyped(value),
      ]),
    ),
  );
  checkTemplate(field, given.name);
  const conflateBy = given.conflateBy?.split('.');
  if (conflateBy && !isFieldPath(supergraph, field, conflateBy)) {
    throw fault(field, `conflateBy "${given.conflateBy}" is no path of fields`);
  }
  if (given.snapshot) checkSnapshot(supergraph, field, given.snapshot);
  return {
    name: given.name,
    filters: (given.filter ?? []).map((text) => readFilter(supergraph, field, text)),
    conflateBy,
    snapshot: given.snapshot ?? undefined,
  };
}

function readFilter(
  supergraph: DocumentNode,
  field: FieldDefinitionNode,
  text: string,
): TopicFilter {
  const filter = parseTopicFilter(text);
  if (!filter) throw fault(field, `the filter "${text}" is not \`path in {args.name}\``);
  const isArgument = field.arguments?.some(({ name }) => name.value === filter.argument);
  if (!isArgument) throw fault(field, `the filter "${text}" names no argument of the field`);
  if (isFieldPath(supergraph, field, filter.path)) return filter;
  throw fault(field, `the filter "${text}" begins with no path of fields`);
}

/** It is asked with the subscription's arguments and selections, so it must know both. */
function checkSnapshot(
  supergraph: DocumentNode,
  field: FieldDefinitionNode,
  snapshot: string,
): void {
  const query = fieldsOf(supergraph, 'Query').find(({ name }) => name.value === snapshot);
  if (!query) throw fault(field, `the snapshot Query.${snapshot} is not there`);
  const known = new Set(query.arguments?.map(({ name }) => name.value));
  const missing = field.arguments?.find(({ name }) => !known.has(name.value));
  if (missing) throw fault(field, `Query.${snapshot} lacks the argument ${missing.name.value}`);
}

function fieldsOf(document: DocumentNode, type: string): readonly FieldDefinitionNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === type
      ? (definition.fields ?? [])
      : [],
  );
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
  throw fault(
    field,
    `the topic "${template}" holds ` +
      `${unknown ? `{${unknown.namespace}.${unknown.name}}` : 'braces around something else'}; known are ` +
      [...topicClaims.map((claim) => `claims.${claim}`), ...known].join(', '),
  );
}

function fault(field: FieldDefinitionNode, reason: string): Error {
  return new Error(`Subscription.${field.name.value}: ${reason}.`);
}
