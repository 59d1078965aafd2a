import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { assertBoundedSchema } from './assert-bounded-schema.ts';
import type { Failure } from './failure.ts';
import { linearPattern } from './linear-pattern.ts';
import { shownPath, shownValue } from './shown-value.ts';
import { uniqueItems } from './unique-items.ts';

/** Says what is wrong with an event's data; undefined when nothing is. */
export type Validator = (data: unknown) => Failure | undefined;

/** Compiles a JSON Schema (draft 2020-12). Throws an Error that says why it cannot be used. */
export type SchemaCompiler = (jsonSchema: object) => Validator;

/** One compiler for all workspaces: it keeps nothing of a schema and never learns its `$id`, so none can clash. */
export function createSchemaCompiler(): SchemaCompiler {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allErrors: false,
    verbose: true,
    ownProperties: true,
    addUsedSchema: false,
    logger: false,
    code: { regExp: linearPattern },
  });
  addFormats.default(ajv);
  ajv.removeKeyword('uniqueItems').addKeyword(uniqueItems);

  return (jsonSchema) => {
    if ('$async' in jsonSchema) throw new Error('$async is not supported');
    assertBoundedSchema({ ...jsonSchema });
    const nameless = withoutId({ ...jsonSchema });
    try {
      const validate = ajv.compile(nameless);
      return (data) => (validate(data) ? undefined : toFailure(validate.errors?.[0]));
    } finally {
      ajv.removeSchema(nameless);
    }
  };
}

function withoutId({ $id: _, ...schema }: Record<string, unknown>): object {
  return schema;
}

function toFailure(error: ErrorObject | undefined): Failure {
  const path = ['data', ...pointerSteps(error?.instancePath ?? '')];
  const expected = error?.message ?? 'must fit the schema';
  const fail = (field: readonly string[], reason: string): Failure => ({
    stage: 'VALIDATE',
    field: shownPath(field),
    reason,
  });
  switch (error?.keyword) {
    case 'required':
    case 'dependentRequired':
      return fail([...path, String(error.params.missingProperty)], 'is required, got nothing');
    case 'additionalProperties':
      return fail([...path, String(error.params.additionalProperty)], 'is not in the schema');
    case 'unevaluatedProperties':
      return fail([...path, String(error.params.unevaluatedProperty)], 'is not in the schema');
    case 'enum':
      return fail(
        path,
        `must be one of ${allowed(error.params.allowedValues)}, got ${shownValue(error.data)}`,
      );
    case 'const':
      return fail(
        path,
        `must be ${shownValue(error.params.allowedValue)}, got ${shownValue(error.data)}`,
      );
    default:
      return fail(path, `${expected.slice(0, 200)}, got ${shownValue(error?.data)}`);
  }
}

function allowed(values: unknown): string {
  const shown = Array.isArray(values) ? values.slice(0, 10).map(shownValue).join(', ') : '';
  return shown.length <= 200 ? shown : `${shown.slice(0, 199)}…`;
}

/** The steps of a JSON Pointer (RFC 6901). */
function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}
