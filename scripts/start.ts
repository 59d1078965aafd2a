/** `npm start`: the whole platform on this machine, with the demo on real flights. */
import { setMaxListeners } from 'node:events';
import { resolve } from 'node:path';
import { assertPortFree, startStack } from '@tributary/local-stack';
import { z } from 'zod';
import { loadDemoState } from './demo/demo-state.ts';
import { prepareDemo } from './demo/run-demo.ts';
import { buildWeb, generateCode } from './generate.ts';
import { prepareHome } from './home.ts';
import { createProgress } from './progress.ts';
import { repository } from './repository.ts';
import { summary } from './summary.ts';

const portRange = 'must be a number from 1 to 65535';
const environmentSchema = z.object({
  PORT: z.coerce
    .number(portRange)
    .int(portRange)
    .min(1, portRange)
    .max(65_535, portRange)
    .default(4000),
  TRIBUTARY_HOME: z.string().default('.tributary'),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  SMTP_URL: z.url('must be a URL such as smtp://localhost:1025').optional(),
  LOG_LEVEL: z.string().default('info'),
});

async function start(signal: AbortSignal): Promise<void> {
  const environment = environmentSchema.parse(process.env);
  const home = resolve(repository, environment.TRIBUTARY_HOME);
  const progress = createProgress();
  await prepareHome(home);
  await assertPortFree(environment.PORT);
  await generateCode();
  progress.step('generated code is up to date');
  if (await buildWeb()) progress.step('the web page is built');
  signal.throwIfAborted();

  const state = environment.NODE_ENV === 'production' ? undefined : loadDemoState(home);
  let isRunning = false;
  await using stack = await startStack({
    home,
    port: environment.PORT,
    demo: state,
    smtpUrl: environment.SMTP_URL,
    logLevel: environment.LOG_LEVEL,
    report: (line) => (isRunning ? progress.notice(line) : progress.step(line)),
    signal,
  });
  const demo = state && (await prepareDemo({ home, url: stack.url, state }));
  if (demo) progress.step('the demo is set up');
  isRunning = true;
  console.log(summary({ url: stack.url, home, state, writeKey: demo?.writeKey }));
  await demo?.replay({
    signal,
    onHistoryLoaded: (events) =>
      progress.step(`the last hour of flights is in: ${events} events; now they come live`),
  });
  await untilAborted(signal);
  console.log('\nStopping …');
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener('abort', () => resolve(), { once: true }),
  );
}

/** One line for what a person can mend; the stack only for what nobody expected. */
function explain(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');
  }
  return error instanceof Error ? error.message : String(error);
}

const stopping = new AbortController();
// Every pause of the replay listens for the end.
setMaxListeners(0, stopping.signal);
process.on('SIGINT', () => stopping.abort());
process.on('SIGTERM', () => stopping.abort());

try {
  await start(stopping.signal);
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(`\n✗ ${explain(error)}`);
    process.exitCode = 1;
  }
}
process.exit();
