import { createHmac } from 'node:crypto';
import { type EventData, readField, toFieldPath, withField } from './field-path.ts';
import type { Stage } from './stage.ts';
import type { MaskDefinition } from './stage-definition.ts';

type Method = MaskDefinition['fields'][string];

/**
 * Replaces values that nobody downstream is to read. A hash is keyed with the source's secret: equal
 * values stay equal within the source, and trying all telephone numbers needs the key. Fields that
 * are not there, or null, stay so.
 */
export function compileMask({ fields }: MaskDefinition, secret: string): Stage {
  const masks = Object.entries(fields).map(([name, method]) => ({
    path: toFieldPath(name),
    method,
  }));
  return (data) => {
    const owned = new Set<object>();
    let masked: EventData = data;
    for (const { path, method } of masks) {
      const value = readField(masked, path);
      if (value === undefined || value === null) continue;
      masked = withField(masked, path, maskedValue(value, method, secret), owned) ?? masked;
    }
    return { kind: 'passed', data: masked };
  };
}

function maskedValue(value: unknown, method: Method, secret: string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  switch (method) {
    case 'REDACT':
      return '[masked]';
    case 'HASH':
      return createHmac('sha256', secret).update(text).digest('hex').slice(0, 32);
    case 'LAST_FOUR':
      return `••••${lastFour(text)}`;
  }
}

/** Of a text so short that four characters would tell it, none. */
function lastFour(text: string): string {
  const characters = [...text];
  return characters.length >= 8 ? characters.slice(-4).join('') : '';
}
