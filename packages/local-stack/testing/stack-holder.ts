/** Starts a stack of stand-ins in a process that a test can kill; prints the process ids. */
import { freePort, type ServiceName, startStack } from '../src/index.ts';
import { standIns } from './stand-ins.ts';

const [home = ''] = process.argv.slice(2);
const stack = await startStack({
  home,
  port: await freePort(),
  services: standIns,
  postgresSettings: { fsync: 'off' },
  environment: {},
});
const names: ServiceName[] = standIns.map(({ name }) => name);
process.stdout.write(`${JSON.stringify(names.map((name) => stack.supervisor.pid(name)))}\n`);
