const placeholder = /\{(claims|args)\.([A-Za-z][A-Za-z0-9_]*)\}/g;

export type TopicNamespace = 'claims' | 'args';

/** The placeholders of an `@topic` template, e.g. [{ namespace: 'args', name: 'dashboardId' }]. */
export function topicPlaceholders(template: string): { namespace: TopicNamespace; name: string }[] {
  return [...template.matchAll(placeholder)].map((match) => ({
    namespace: match[1] === 'claims' ? 'claims' : 'args',
    name: match[2] ?? '',
  }));
}

/**
 * The channel that a template names for these values.
 * A value cannot reach into another part of the name: its dots, like all that is no letter,
 * digit, hyphen or underscore, are percent-encoded.
 */
export function renderTopic(
  template: string,
  lookUp: (namespace: TopicNamespace, name: string) => string,
): string {
  return template.replace(placeholder, (_, namespace: TopicNamespace, name: string) =>
    encodeURIComponent(lookUp(namespace, name)).replace(/[.!~*'()]/g, percentEncode),
  );
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
