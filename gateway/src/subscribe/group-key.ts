import type { Principal } from '@tributary/chassis';
import type { Variables } from '../execute/execute-operation.ts';
import type { CompiledOperation } from '../operations/compiled-operation.ts';

export interface GroupKeySource {
  compiled: CompiledOperation;
  variables: Variables;
  channel: string;
  /** What authorization keeps from the principal. */
  unmet: string;
  principal: Principal;
  /** Whether subgraphs may be asked on the principal's behalf. */
  mayFetch: boolean;
}

/**
 * Whose results are the same. Members of one group may see the same of the operation, and of a
 * message all that is the same for everybody. What a subgraph answers can depend on who asks, in any
 * field: operations that may need one are shared only by the sessions of one person with the same rights.
 */
export function groupKey({ compiled, variables, channel, ...who }: GroupKeySource): string {
  const { unmet, principal, mayFetch } = who;
  const definitions = compiled.operation.variableDefinitions ?? [];
  return JSON.stringify([
    channel,
    compiled.id,
    unmet,
    definitions.map(({ variable }) => variables.given[variable.name.value]),
    principal.kind === 'anonymous' ? null : principal.workspace,
    mayFetch && principal.kind !== 'anonymous'
      ? [principal.subject, principal.kind === 'user' ? principal.roles : [], principal.scopes]
      : null,
  ]);
}
