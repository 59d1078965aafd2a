export {
  checkOperation,
  describeProblem,
  type OperationProblem,
  type OperationRules,
} from './check-operation.ts';
export { compileCost, type OperationCost } from './cost/compile-cost.ts';
export { type CostConfiguration, costConfigurationSchema } from './cost/cost-configuration.ts';
export { fragmentsOf } from './fragments-of.ts';
export { createLimitGuard, type LimitGuard } from './limits/limit-guard.ts';
export type { LimitViolation } from './limits/limit-violation.ts';
export { limitsConfigurationSchema } from './limits/limits-configuration.ts';
export { operationNames } from './manifests/operation-names.ts';
export { readOperationFiles } from './manifests/read-operation-files.ts';
export { type OperationFile, readOperations } from './manifests/read-operations.ts';
export { textHash } from './manifests/text-hash.ts';
export {
  type OperationMode,
  operationModes,
  operationsChangedChannel,
  type PartnerOperations,
  partnerOperationsSchema,
} from './partners/partner-operations.ts';
export {
  type CountedOperation,
  durationBounds,
  noCounts,
  type OperationCounts,
  readUsageFields,
  toUsageFields,
  usageBatchesKey,
  usageBatchKey,
  usageKey,
} from './partners/usage-counts.ts';
export { readSettings } from './read-settings.ts';
export type { RegisteredOperation } from './registered-operation.ts';
export { type CostDirectives, readCostDirectives } from './supergraph/cost-directives.ts';
export { withoutSecurityPurpose } from './supergraph/link-purposes.ts';
export {
  type DirectiveNames,
  directiveArguments,
  readDirectiveNames,
} from './supergraph/linked-directives.ts';
export { readOperationRules } from './supergraph/read-operation-rules.ts';
export { readSupergraphText } from './supergraph/read-supergraph-text.ts';
export { selectOperation, validateOperation } from './validate-operation.ts';
