import type { ImportMapping, Reading } from '../import-mapping.ts';
import type { Row } from '../read/row.ts';
import type { ImportColumn } from './infer-columns.ts';

/** An event type of the workspace, as far as it helps to guess. */
export interface KnownType {
  name: string;
  jsonSchema: unknown;
}

export interface ProposalOptions {
  fileName: string;
  reading: Reading;
  columns: readonly ImportColumn[];
  rows: readonly Row[];
  types: readonly KnownType[];
}

const timeName = /(^|_)(time|date|timestamp|ts|at|when|datetime)$/i;
const idName = /^(id|uuid|guid|event_?id|message_?id|_id)$/i;

/** Something to begin with: what the columns' names and values suggest, and the schema that fits them best. */
export function proposeMapping(options: ProposalOptions): ImportMapping {
  const { reading, columns, rows, fileName } = options;
  const type = bestType(options);
  const properties = type && propertiesOf(type.jsonSchema);
  const time = timeColumnOf(columns);
  const id = columns.find(
    ({ name, isUnique, filled }) => idName.test(name) && isUnique && filled > 0,
  );
  const isEvents =
    rows.length > 0 && rows.every(({ value }) => value === undefined || isEvent(value));
  const fields = columns.filter(({ name }) => {
    if (properties) return Object.hasOwn(properties, name);
    return name !== time?.name && name !== id?.name && name !== '__proto__';
  });
  return {
    ...reading,
    layout: isEvents ? 'EVENTS' : 'COLUMNS',
    eventType: type?.name ?? typeFrom(fileName),
    eventSource: null,
    timeColumn: time?.name ?? null,
    timeFormat: time?.timeFormat ?? 'ISO',
    idColumn: id?.name ?? null,
    subjectColumn: null,
    fields: isEvents
      ? []
      : fields.map(({ name, type: found }) => ({
          column: name,
          name,
          type: wantedType(properties?.[name]) ?? found,
        })),
  };
}

/** The first that is called like a time, or else the first that holds times that are no plain numbers. */
function timeColumnOf(columns: readonly ImportColumn[]): ImportColumn | undefined {
  const times = columns.filter(({ timeFormat }) => timeFormat !== null);
  return (
    times.find(({ name }) => timeName.test(name)) ??
    times.find(({ timeFormat }) => !timeFormat?.startsWith('UNIX'))
  );
}

function isEvent(value: Record<string, unknown>): boolean {
  return typeof value.type === 'string' && typeof value.data === 'object' && 'source' in value;
}

/** Of those whose required fields are all columns, the one that has most. */
function bestType({ columns, types }: ProposalOptions): KnownType | undefined {
  const names = new Set(columns.map(({ name }) => name));
  const fitting = types.flatMap((type) => {
    const properties = Object.keys(propertiesOf(type.jsonSchema));
    const required = requiredOf(type.jsonSchema);
    const shared = properties.filter((name) => names.has(name)).length;
    return shared > 0 && required.every((name) => names.has(name)) ? [{ type, shared }] : [];
  });
  return fitting.toSorted((left, right) => right.shared - left.shared)[0]?.type;
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  const { properties } = (schema ?? {}) as { properties?: unknown };
  return typeof properties === 'object' && properties !== null ? { ...properties } : {};
}

function requiredOf(schema: unknown): string[] {
  const { required } = (schema ?? {}) as { required?: unknown };
  return Array.isArray(required) ? required.map(String) : [];
}

const wantedTypes: Readonly<Record<string, ImportMapping['fields'][number]['type']>> = {
  string: 'STRING',
  integer: 'INTEGER',
  number: 'NUMBER',
  boolean: 'BOOLEAN',
  object: 'JSON',
  array: 'JSON',
};

function wantedType(schema: unknown) {
  const { type } = (schema ?? {}) as { type?: unknown };
  return typeof type === 'string' ? wantedTypes[type] : undefined;
}

/** `Orders 2026.csv.gz` → `orders_2026.imported`. */
function typeFrom(fileName: string): string {
  const [name = ''] = fileName.split('.');
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return `${plain.slice(0, 100) || 'row'}.imported`;
}
