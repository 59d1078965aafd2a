import { type EventData, readField, toFieldPath, withField, withoutField } from './field-path.ts';
import { shownPath, shownValue } from './shown-value.ts';
import type { Stage, StageResult } from './stage.ts';
import type { TransformDefinition } from './stage-definition.ts';

/**
 * Renames, then sets, then drops. Renames happen all at once; one of a field that is not there
 * does nothing. Fails where a name leads through a value that is no object.
 */
export function compileTransform(definition: TransformDefinition): Stage {
  const renames = Object.entries(definition.rename).map(([from, to]) => ({
    from: toFieldPath(from),
    to: toFieldPath(to),
  }));
  const constants = Object.entries(definition.set).map(([to, value]) => ({
    to: toFieldPath(to),
    value,
  }));
  const drops = definition.drop.map(toFieldPath);

  return (data) => {
    const moved = renames
      .map(({ from, to }) => ({ from, to, value: readField(data, from) }))
      .filter(({ value }) => value !== undefined);
    const owned = new Set<object>();
    let changed = moved.reduce((rest, { from }) => withoutField(rest, from, owned), data);
    for (const { to, value } of [...moved, ...constants]) {
      const written = withField(changed, to, value, owned);
      if (!written) return blocked(changed, to);
      changed = written;
    }
    return {
      kind: 'passed',
      data: drops.reduce((rest, path) => withoutField(rest, path, owned), changed),
    };
  };
}

function blocked(data: EventData, path: readonly string[]): StageResult {
  const length = path.findIndex((_, end) => isNoObject(readField(data, path.slice(0, end + 1))));
  const parent = path.slice(0, length + 1);
  const reason = `expected an object to write ${shownPath(path)} into, got ${shownValue(readField(data, parent))}`;
  return {
    kind: 'failed',
    failure: { stage: 'TRANSFORM', field: shownPath(['data', ...parent]), reason },
  };
}

function isNoObject(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Array.isArray(value);
}
