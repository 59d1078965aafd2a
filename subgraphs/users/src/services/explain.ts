/** Why somebody may do something, or not: for themselves, as the request at hand would be decided. */
import {
  type AccessExplanation,
  type Classification,
  explainAccess,
  isAction,
  type Principal,
  requireKnown,
} from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';

export interface AccessQuestion {
  /** E.g. `member.change`. */
  action: string;
  resource?: { ownerId?: string | null; classification?: Uppercase<Classification> | null } | null;
}

/** @throws INVALID_INPUT for an action there is not. */
export function explainOwnAccess(
  principal: Principal,
  { action, resource }: AccessQuestion,
): AccessExplanation {
  requireKnown(principal);
  if (!isAction(action)) throw noAction();
  return explainAccess(principal, action, {
    owner: resource?.ownerId,
    classification: toClassification(resource?.classification),
  });
}

const toClassification = (name: Uppercase<Classification> | null | undefined) =>
  name == null ? undefined : (name.toLowerCase() as Classification);

const noAction = () =>
  new TributaryError('INVALID_INPUT', 'action: must be one, e.g. member.change.', ['action']);
