import { person } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { authoriseSubscription } from './authorise-subscription.ts';

test('a subscription to what a policy guards is refused, since nobody is granted one yet', () => {
  const subscribe = () =>
    authoriseSubscription(person(), [{ kind: 'policies', anyOf: [['on-call'], ['hr', 'board']] }]);

  expect(subscribe).toThrow('This needs the policy on-call, or hr and board.');
});
