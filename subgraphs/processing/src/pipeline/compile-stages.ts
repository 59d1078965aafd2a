import { compileEnrich, type LookupRows } from './enrich.ts';
import { compileRoute } from './route.ts';
import type { Stage, StageDefinition } from './stage.ts';
import { compileTransform } from './transform.ts';

/** The stages as functions; `tables` holds what enrichment looks up, by name. */
export function compileStages(
  definitions: readonly StageDefinition[],
  tables: ReadonlyMap<string, LookupRows>,
): Stage[] {
  return definitions.map((definition) => compileStage(definition, tables));
}

function compileStage(definition: StageDefinition, tables: ReadonlyMap<string, LookupRows>): Stage {
  switch (definition.kind) {
    case 'transform':
      return compileTransform(definition);
    case 'enrich':
      return compileEnrich(definition, tables.get(definition.table));
    case 'route':
      return compileRoute(definition);
  }
}
