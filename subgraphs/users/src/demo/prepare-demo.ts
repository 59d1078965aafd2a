import { refuseStart } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Environment } from '../environment.ts';
import { type DemoDependencies, ensureDemoAccount } from './demo-account.ts';

/** Before the first request: the demo account is there if it was asked for, and never in production. */
export async function prepareDemo(
  environment: Environment,
  dependencies: DemoDependencies,
): Promise<void> {
  const { NODE_ENV, DEMO_EMAIL: email, DEMO_PASSWORD: password, DEMO_NAME } = environment;
  if (NODE_ENV === 'production') return refuseDemoData(dependencies);
  if (email === undefined || password === undefined) return;
  try {
    await ensureDemoAccount({ email, password, name: DEMO_NAME ?? 'Demo' }, dependencies);
  } catch (error) {
    if (!(error instanceof TributaryError)) throw error;
    refuseStart(`DEMO_EMAIL: ${error.message} Set it to another one and start again.`);
  }
}

async function refuseDemoData({ accounts }: DemoDependencies): Promise<void> {
  if (!(await accounts.holdsDemo())) return;
  refuseStart(
    'Production runs without a demo account, and the database of users holds one: give DATABASE_URL ' +
      'another database, or remove it with "DELETE FROM user_account WHERE is_demo", and start again.',
  );
}
