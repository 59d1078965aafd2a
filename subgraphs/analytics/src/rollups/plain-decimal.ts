const scientific = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** A finite number's shortest digits without an exponent, which is how PostgreSQL writes it out of jsonb. */
export function plainDecimal(value: number): string {
  const text = String(value);
  const match = scientific.exec(text);
  if (!match) return text;
  const [, sign = '', first = '', fraction = '', exponent = '0'] = match;
  const digits = first + fraction;
  const point = 1 + Number(exponent);
  // JavaScript turns to exponents from 1e21 on, where the at most 17 digits are all before the point.
  return point > 0
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}0.${'0'.repeat(-point)}${digits}`;
}
