import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gatewayNames } from './gateways/gateways.ts';
import { loadNames } from './loads/loads.ts';

const usage = `Usage: npm run bench:gateway -- [flags]
  --only NAMES          loads, separated by commas: ${loadNames.join(', ')}
  --gateway NAMES       gateways, separated by commas: ${gatewayNames.join(', ')}
  --seconds N           measured time of each load (8)
  --warm-up N           seconds before it (4)
  --connections N       of the throughput loads (50)
  --operations N        different operations of the memory load (200000)
  --memory-seconds N    when the memory load stops at the latest (300)
  --isolation-rate N    requests per second of the isolation load's 1,000 connections (200)
  --json FILE           also write the raw figures there
`;

const namesOf = <Name extends string>(names: readonly Name[]) =>
  z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(names)))
    .default([...names]);

const positive = z.coerce.number().positive();

const optionsSchema = z.object({
  only: namesOf(loadNames),
  gateway: namesOf(gatewayNames),
  seconds: positive.default(8),
  'warm-up': positive.default(4),
  connections: positive.int().default(50),
  operations: positive.int().default(200_000),
  'memory-seconds': positive.default(300),
  'isolation-rate': positive.default(200),
  json: z.string().optional(),
});

export type Options = z.infer<typeof optionsSchema>;

/** Ends the process with the usage when a flag is wrong. */
export function readOptions(args: string[]): Options {
  try {
    const flags = Object.keys(optionsSchema.shape).map(
      (name) => [name, { type: 'string' }] as const,
    );
    const { values } = parseArgs({ args, options: Object.fromEntries(flags) });
    return optionsSchema.parse(values);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    console.error(`${reason}\n\n${usage}`);
    process.exit(64);
  }
}
