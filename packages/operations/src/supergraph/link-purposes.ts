import {
  type ArgumentNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  visit,
} from 'graphql';

/** The authorization features that are enforced here, under whatever name a supergraph gives them. */
const enforced = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v0\.1\/?$/;

/**
 * The supergraph without `for: SECURITY` on the features that Tributary enforces itself.
 * Apollo's planner refuses every feature so marked, because its gateway enforces none. Any other
 * one, or another version of these, keeps its mark and so is refused still.
 */
export function withoutSecurityPurpose(supergraph: DocumentNode): DocumentNode {
  return visit(supergraph, {
    Directive(node) {
      if (node.name.value !== 'link' || !isEnforced(node as ConstDirectiveNode)) return undefined;
      return { ...node, arguments: node.arguments?.filter(({ name }) => name.value !== 'for') };
    },
  });
}

function isEnforced(link: ConstDirectiveNode): boolean {
  const url = argument(link, 'url')?.value;
  return url?.kind === Kind.STRING && enforced.test(url.value);
}

function argument(directive: ConstDirectiveNode, name: string): ArgumentNode | undefined {
  return directive.arguments?.find((given) => given.name.value === name);
}
