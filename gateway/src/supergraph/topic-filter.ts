/** A condition on messages, e.g. `widget.id in {args.widgetIds}`. */
export interface TopicFilter {
  /** In the message. */
  path: readonly string[];
  /** `in`: the value is one of the argument's; `=`: it is the argument's. */
  operator: 'in' | '=';
  argument: string;
}

const syntax = /^(\w+(?:\.\w+)*) (in|=) \{args\.(\w+)\}$/;

/** Undefined for a text that is no condition. */
export function parseTopicFilter(text: string): TopicFilter | undefined {
  const [, path, operator, argument] = syntax.exec(text) ?? [];
  if (path === undefined || argument === undefined) return undefined;
  return { path: path.split('.'), operator: operator === 'in' ? 'in' : '=', argument };
}
