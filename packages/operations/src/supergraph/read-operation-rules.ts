/** What a supergraph and a gateway's settings ask of operations, for whoever is not the gateway. */
import { buildSchema, parse, print } from 'graphql';
import { z } from 'zod';
import type { OperationRules } from '../check-operation.ts';
import { costConfigurationSchema } from '../cost/cost-configuration.ts';
import { createLimitGuard } from '../limits/limit-guard.ts';
import { limitsConfigurationSchema } from '../limits/limits-configuration.ts';
import { readCostDirectives } from './cost-directives.ts';
import { withoutSecurityPurpose } from './link-purposes.ts';

/** The part of a gateway's settings that operations are held to. */
const settingsSchema = z.object({
  limits: limitsConfigurationSchema,
  cost: costConfigurationSchema,
  rateLimits: z.object({ cost: z.object({ points: z.int() }).optional() }).prefault({}),
});

export interface OperationRulesOptions {
  /** SDL of the composed supergraph. */
  supergraph: string;
  /** As in the gateway's file of settings; everything has a default. */
  settings: unknown;
  introspection: boolean;
}

/** @throws saying what is wrong with the supergraph or the settings. */
export async function readOperationRules(options: OperationRulesOptions): Promise<OperationRules> {
  // It takes a second to load, and most of those who may need it do not.
  const { printSchema, Supergraph } = await import('@apollo/federation-internals');
  const { limits, cost, rateLimits } = settingsSchema.parse(options.settings);
  const document = parse(options.supergraph);
  const federated = Supergraph.build(print(withoutSecurityPurpose(document)));
  return {
    // Printed and read again: Apollo's packages may load another copy of graphql.
    schema: buildSchema(printSchema(federated.apiSchema())),
    costDirectives: readCostDirectives(document),
    cost,
    limits: createLimitGuard({ limits, onViolation: () => {} }),
    costBudget: rateLimits.cost?.points,
    introspection: options.introspection,
  };
}
