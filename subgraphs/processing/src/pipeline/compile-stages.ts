import { compileCheck } from './check.ts';
import { compileDerive } from './derive.ts';
import { compileEnrich, type LookupRows } from './enrich.ts';
import type { FailureStage } from './failure.ts';
import { compileHttp } from './http-enrich.ts';
import type { HttpLookups } from './http-lookups.ts';
import { compileMask } from './mask.ts';
import { compileRoute } from './route.ts';
import type { Stage } from './stage.ts';
import type { StageDefinition } from './stage-definition.ts';
import { compileTransform } from './transform.ts';

/** What stages use besides their definition. */
export interface StageMeans {
  /** What enrichment looks up, by name. */
  tables: ReadonlyMap<string, LookupRows>;
  http: HttpLookups;
  /** The source's secret that hashes are keyed with. */
  maskKey: string;
}

const places = {
  transform: 'TRANSFORM',
  derive: 'TRANSFORM',
  mask: 'TRANSFORM',
  check: 'VALIDATE',
  enrich: 'ENRICH',
  http: 'ENRICH',
  route: 'ROUTE',
} as const satisfies Record<StageDefinition['kind'], FailureStage>;

/** The stages as functions. */
export function compileStages(definitions: readonly StageDefinition[], means: StageMeans): Stage[] {
  return definitions.map((definition) =>
    Object.assign(compileStage(definition, means), {
      at: places[definition.kind],
      hasExpression: hasExpression(definition),
    }),
  );
}

function hasExpression(definition: StageDefinition): boolean {
  const { kind } = definition;
  return (
    kind === 'derive' || kind === 'check' || (kind === 'route' && definition.when !== undefined)
  );
}

function compileStage(definition: StageDefinition, means: StageMeans): Stage {
  switch (definition.kind) {
    case 'transform':
      return compileTransform(definition);
    case 'derive':
      return compileDerive(definition);
    case 'mask':
      return compileMask(definition, means.maskKey);
    case 'check':
      return compileCheck(definition);
    case 'enrich':
      return compileEnrich(definition, means.tables.get(definition.table));
    case 'http':
      return compileHttp(definition, means.http);
    case 'route':
      return compileRoute(definition);
  }
}
