/** What the form of each kind of stage asks for; the server knows what is right. */
export type StageField =
  | { kind: 'text' | 'number' | 'names'; name: string; label: string; hint?: string }
  | { kind: 'choice'; name: string; label: string; choices: readonly Choice[] }
  | PairsShape
  | { kind: 'rules'; name: string };

/** An object whose names are chosen freely, a row for each. */
export interface PairsShape {
  kind: 'pairs';
  name: string;
  label: string;
  /** Of the two columns. */
  columns: readonly [name: string, value: string];
  /** Text unless given: any JSON, or one of these. */
  values?: 'json' | readonly Choice[];
}

export interface Choice {
  value: string;
  label: string;
}

const onFailure = [
  { value: 'FAIL', label: 'Make it a dead letter' },
  { value: 'REVIEW', label: 'Hold it for review' },
];

export const ruleOutcomes: readonly Choice[] = onFailure;

export const stageShapes: Readonly<Record<string, readonly StageField[]>> = {
  transform: [
    { kind: 'pairs', name: 'rename', label: 'Rename', columns: ['Field', 'New name'] },
    { kind: 'pairs', name: 'set', label: 'Set', columns: ['Field', 'Value'], values: 'json' },
    { kind: 'names', name: 'drop', label: 'Drop', hint: 'Names of fields, with commas between.' },
  ],
  derive: [{ kind: 'pairs', name: 'fields', label: 'Derive', columns: ['Field', 'Expression'] }],
  mask: [
    {
      kind: 'pairs',
      name: 'fields',
      label: 'Mask',
      columns: ['Field', 'How'],
      values: [
        { value: 'REDACT', label: 'Take it out' },
        { value: 'HASH', label: 'Hash it' },
        { value: 'LAST_FOUR', label: 'Keep the last four' },
      ],
    },
  ],
  check: [{ kind: 'rules', name: 'rules' }],
  enrich: [
    { kind: 'text', name: 'table', label: 'Table' },
    { kind: 'text', name: 'on', label: 'Key', hint: 'The field whose value is looked up.' },
    { kind: 'pairs', name: 'add', label: 'Add', columns: ['Field', 'Column of the table'] },
  ],
  http: [
    { kind: 'text', name: 'url', label: 'Address', hint: '{key} stands for the value of the key.' },
    { kind: 'text', name: 'on', label: 'Key', hint: 'The field whose value is asked for.' },
    { kind: 'pairs', name: 'add', label: 'Add', columns: ['Field', 'Path in the answer'] },
    { kind: 'number', name: 'cacheSeconds', label: 'Seconds an answer is kept' },
    {
      kind: 'choice',
      name: 'otherwise',
      label: 'Without an answer',
      choices: [
        { value: 'FAIL', label: 'Make it a dead letter' },
        { value: 'NULL', label: 'Set the fields to null' },
      ],
    },
  ],
};
