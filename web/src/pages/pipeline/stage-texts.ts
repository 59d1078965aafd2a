/** A stage as it is edited: JSON, right or wrong. */
export interface StageText {
  /** Stays with the stage while it is moved. */
  key: string;
  text: string;
}

export type ReadStages =
  | { ok: true; stages: unknown[] }
  /** What is wrong, by the stage's place. */
  | { ok: false; errors: ReadonlyMap<number, string> };

let count = 0;

export function stageText(stage: unknown): StageText {
  count += 1;
  const text = typeof stage === 'string' ? stage : JSON.stringify(kindFirst(stage), null, 2);
  return { key: `stage-${count}`, text };
}

/** Stored stages come with their names in any order. */
function kindFirst(stage: unknown): unknown {
  if (typeof stage !== 'object' || stage === null || !('kind' in stage)) return stage;
  const { kind, ...rest } = stage;
  return { kind, ...rest };
}

/** Stored stages as texts; what is no list has none. */
export function toTexts(stages: unknown): StageText[] {
  return Array.isArray(stages) ? stages.map(stageText) : [];
}

export function readStages(texts: readonly StageText[]): ReadStages {
  const errors = new Map<number, string>();
  const stages = texts.map(({ text }, place): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      errors.set(place, `This is not JSON yet: ${error instanceof Error ? error.message : error}`);
      return null;
    }
  });
  return errors.size > 0 ? { ok: false, errors } : { ok: true, stages };
}

interface UserError {
  message: string;
  field?: readonly string[] | null | undefined;
}

/** What the server says, by the place of the stage it is about; the rest is about the whole, at -1. */
export function errorsByStage(userErrors: readonly UserError[]): ReadonlyMap<number, string> {
  const errors = new Map<number, string>();
  for (const { message, field } of userErrors) {
    const isStage = field?.[1] === 'stages' && field[2] !== undefined;
    const place = isStage ? Number(field[2]) : -1;
    const path = isStage ? field.slice(3).join('.') : '';
    const text = path === '' ? message : `${path}: ${message}`;
    const before = errors.get(place);
    errors.set(place, before === undefined ? text : `${before} ${text}`);
  }
  return errors;
}
