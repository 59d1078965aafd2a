/** Which operation a request means, by whom it comes from: API keys run what their partner registered. */
import type { Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { ClientIdentity } from '../persisted/operation-source.ts';
import { type OperationParameters, requestedOperation } from '../persisted/requested-operation.ts';
import type {
  RefusedOperation,
  Resolution,
  ResolveOperation,
} from '../persisted/resolve-operation.ts';
import type { KnownOperations } from './known-operations.ts';
import type { PartnerRegistry } from './partner-registry.ts';

/** As `ResolveOperation`, knowing who asks. Rejects when what a key runs cannot be told. */
export type ResolveFor = (
  parameters: OperationParameters,
  client: ClientIdentity,
  principal: Principal,
) => Resolution | Promise<Resolution>;

export interface PartnerResolverOptions {
  /** Undefined where there are no API keys. */
  partners: PartnerRegistry | undefined;
  /** For everybody else, and for keys that run anything. */
  others: ResolveOperation;
}

export function createPartnerResolver({ partners, others }: PartnerResolverOptions): ResolveFor {
  return (parameters, client, principal) => {
    if (principal.kind !== 'client' || !partners) return others(parameters, client);
    const operations = partners.operationsOf(principal.subject);
    return operations instanceof Promise
      ? operations.then((later) => resolve(later, parameters, client))
      : resolve(operations, parameters, client);
  };

  function resolve(
    operations: KnownOperations,
    parameters: OperationParameters,
    client: ClientIdentity,
  ): Resolution | Promise<Resolution> {
    const own = ownOperation(operations, parameters);
    if (own) return own;
    return operations.mode === 'ANY' ? others(parameters, client) : unknown(operations, parameters);
  }
}

/** By id, or by the very text; undefined for what is not registered. */
function ownOperation(
  operations: KnownOperations,
  parameters: OperationParameters,
): Resolution | undefined {
  try {
    const { id, text } = requestedOperation(parameters);
    const found = id === undefined ? operations.findText(text ?? '') : operations.find(id);
    if (!found) return undefined;
    if (text !== undefined && text !== found.text) {
      return refused('INVALID_INPUT', 'query is not the text that is registered by this id.', [
        'query',
      ]);
    }
    return { kind: 'resolved', text: found.text, id: found.id, registered: true };
  } catch (error) {
    if (error instanceof TributaryError) return { kind: 'refused', error };
    throw error;
  }
}

function unknown({ version }: KnownOperations, { query }: OperationParameters): RefusedOperation {
  if (version === null) {
    return refused(
      'PERSISTED_QUERY_ID_REQUIRED',
      'This API key runs registered operations only, and none are active. Whoever gave you the key registers them (tributary operations push) and activates them.',
    );
  }
  if (typeof query === 'string') {
    return refused(
      'PERSISTED_QUERY_ID_REQUIRED',
      `This API key runs registered operations only, and this text is none of version ${version}.`,
    );
  }
  return refused(
    'PERSISTED_QUERY_NOT_FOUND',
    `No operation of this id is in version ${version}, which is what this API key runs.`,
  );
}

function refused(...error: ConstructorParameters<typeof TributaryError>): RefusedOperation {
  return { kind: 'refused', error: new TributaryError(...error) };
}
